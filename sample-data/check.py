"""Reads the written files back and holds them against the published figures; every row is printed.

Independent of the generator's state: the .sav is read through its own missing codes and labels, the csv and the
parquet file must hold the same answers, and the codebook says what was asked of whom. Exit status 1 on a miss.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

from survey import expressions, mapping

HERE = Path(__file__).resolve().parent
REFERENCE = HERE.parent / "tests" / "reference"


def read(name):
    book = json.loads((HERE / f"{name}.codebook.json").read_text(encoding="utf-8"))
    frame, meta = pyreadstat.read_sav(HERE / f"{name}.sav", user_missing=True)
    head = (HERE / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    separator = ";" if ";" in head else ","
    text = pd.read_csv(HERE / f"{name}.csv", sep=separator, decimal="," if separator == ";" else ".", float_precision="round_trip")
    table = pd.read_parquet(HERE / f"{name}.parquet")
    names = [v["name"] for v in book["variables"]]
    problems = []
    for other, what in ((text, "csv"), (table, "parquet")):
        if list(other.columns) != names or list(frame.columns) != names:
            problems.append(f"{name}: the columns of the {what} differ")
        for column in names:
            a, b = frame[column].to_numpy(float), other[column].to_numpy(float, na_value=np.nan)
            if not np.array_equal(a, b, equal_nan=True):
                problems.append(f"{name}: {column} differs between .sav and {what}")
    for variable in book["variables"]:
        column = variable["name"]
        if meta.column_names_to_labels[column] != variable["label"]["da"]:
            problems.append(f"{name}: the label of {column} differs")
        codes = {v["code"]: v["label"]["da"] for v in variable.get("values", [])}
        if {int(k): v for k, v in meta.variable_value_labels.get(column, {}).items()} != codes:
            problems.append(f"{name}: the value labels of {column} differ")
        gone = sorted(v["code"] for v in variable.get("values", []) if v.get("is") in ("missing", "not_asked"))
        if sorted(int(r["lo"]) for r in meta.missing_ranges.get(column, [])) != gone:
            problems.append(f"{name}: the missing codes of {column} differ")
        if codes and variable["kind"] != "numeric" and not set(frame[column].dropna().astype(int)) <= set(codes):
            problems.append(f"{name}: {column} has codes without a label")
    columns = {column: frame[column].to_numpy(float) for column in names}
    return book, columns, problems


def unknown(book):
    return {v["name"]: [x["code"] for x in v.get("values", []) if x.get("is") in ("missing", "not_asked", "refused")] for v in book["variables"]}


def routing(name, book, columns):
    """Not asked outside the base, asked inside it, nothing chosen too often, "none" only alone."""
    problems = []
    gone = unknown(book)
    n = len(next(iter(columns.values())))
    values = {v["name"]: v.get("values", []) for v in book["variables"]}
    for question in book["questions"]:
        inside = np.ones(n, bool)
        if question.get("base"):
            when = next(b["when"] for b in book["bases"] if b["id"] == question["base"])
            inside, _ = expressions.marks(expressions.parse(when), columns, gone)
        for item in question["items"]:
            unasked = [v["code"] for v in values[item["var"]] if v.get("is") == "not_asked"]
            skipped = np.isin(columns[item["var"]], unasked)
            if (~inside & ~skipped).any():
                problems.append(f"{name}: {item['var']} is answered outside its base")
            if (inside & skipped).any() and item["var"] != "sammenh_projektudvalg":
                problems.append(f"{name}: {item['var']} is not asked inside its base")
        if question["kind"] == "multiple":
            chosen = {i["var"]: (columns[i["var"]] == 1).astype(int) for i in question["items"]}
            special = [i["var"] for i in question["items"] if i.get("is")]
            total = sum(chosen[v] for v in chosen if v not in special)
            if question.get("max") and total.max() > question["max"]:
                problems.append(f"{name}: {question['id']} has too many answers")
            for v in special:
                if ((chosen[v] == 1) & (total + sum(chosen[o] for o in special if o != v) > 0)).any():
                    problems.append(f"{name}: {v} stands with other answers")
            if special:
                answered = inside & ~np.isin(columns[special[0]], gone[special[0]])
                if (answered & (total + sum(chosen[v] for v in special) == 0)).any():
                    problems.append(f"{name}: {question['id']} has respondents with no answer at all")
    return problems


def design(name, book, columns):
    roles = {v.get("role"): columns[v["name"]] for v in book["variables"] if v.get("role")}
    problems = []
    if "weight" not in roles:
        return problems
    weight, stratum, size = roles["weight"], roles["stratum"], roles["population_size"]
    for one in np.unique(stratum):
        here = stratum == one
        if abs(weight[here].sum() - size[here][0]) > 1e-6 or len(set(size[here])) != 1 or here.sum() > size[here][0]:
            problems.append(f"{name}: stratum {one:.0f} does not add up")
    with open(REFERENCE / "sampling_tables.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            variable = next((v for v in book["variables"] if v["name"] == row["breakdown"]), None)
            code = next((v["code"] for v in variable["values"] if v["label"]["da"] == row["value"]), None) if variable else None
            # The published counts are those of round 2.
            if code is None or name == mapping.LATER:
                continue
            here = columns[row["breakdown"]] == code
            if abs(weight[here].sum() - float(row["population"])) > 1e-6 or here.sum() != int(row["responses"]):
                problems.append(f"{name}: {row['value']} does not add up")
    classes = {1: (3, 49), 2: (50, 99), 3: (100, 249), 4: (250, 1e9)}
    for code, (low, high) in classes.items():
        if "ansatte" not in columns:
            break
        staff = columns["ansatte"][columns["stoerrelse"] == code]
        if staff.min() < low or staff.max() > high:
            problems.append(f"{name}: employees outside size class {code}")
    singles = sum(((stratum == s).sum() == 1) and size[stratum == s][0] > 1 for s in np.unique(stratum))
    censused = sum((stratum == s).sum() == size[stratum == s][0] for s in np.unique(stratum))
    print(f"{name}: {len(weight)} answers, {weight.sum():.0f} in the population, {len(np.unique(stratum))} strata, {singles} with a single answer, {censused} with all, weights {weight.min():.2f}-{weight.max():.2f}")
    return problems


def main():
    published = mapping.read_published(REFERENCE / "published_figures.csv")
    entries = json.loads((REFERENCE / "published_queries.json").read_text(encoding="utf-8"))
    problems, surveys = [], {}
    if entries != mapping.mapping(published):
        problems.append("published_queries.json is not what the mapping writes")
    counts = {}
    for entry in entries:
        row = published[entry["row"] - 1]
        what = f"{row['question_da'][:40]} | {row['breakdown_value']} | {row['category_da'][:50]}"
        if "left_out" in entry:
            print(f"{entry['row']:>4}  left out: {entry['left_out']} | {what}")
            counts["left out"] = counts.get("left out", 0) + 1
            continue
        name = entry["dataset"]
        if name not in surveys:
            if not (HERE / f"{name}.sav").exists():
                problems.append(f"{name} is not there")
                surveys[name] = None
            else:
                book, columns, found = read(name)
                problems += found + routing(name, book, columns) + design(name, book, columns)
                surveys[name] = book, columns, unknown(book)
        if surveys[name] is None:
            continue
        book, columns, gone = surveys[name]
        share, where = mapping.as_expressions(entry, book)
        true, false = expressions.marks(expressions.parse(share), columns, gone)
        inside = true | false
        if where:
            inside &= expressions.marks(expressions.parse(where), columns, gone)[0]
        weight_name = next((v["name"] for v in book["variables"] if v.get("role") == "weight"), None)
        weight = columns[weight_name] if weight_name else np.ones(len(true))
        value = 100 * weight[true & inside].sum() / weight[inside].sum()
        goal, tolerance = float(row["percent"]), entry["tolerance"]
        good = np.floor(value + 0.5) == goal if tolerance == "rounds" else abs(value - goal) <= tolerance
        kind = f"{name}, {'rounds' if tolerance == 'rounds' else f'within {tolerance}'}"
        counts[kind] = counts.get(kind, 0) + 1
        worst = counts.setdefault(f"{name}, largest difference, {tolerance}", 0)
        counts[f"{name}, largest difference, {tolerance}"] = max(worst, round(abs(value - goal), 2))
        print(f"{entry['row']:>4}  {'ok  ' if good else 'MISS'} {goal:>5g} {value:7.2f}  n={inside.sum():<5} {tolerance!s:<6} {what}")
        if not good:
            problems.append(f"row {entry['row']}: {value:.2f} where {goal:g} is published ({what})")
    for kind, count in counts.items():
        print(f"{kind}: {count}")
    for problem in problems:
        print("PROBLEM", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

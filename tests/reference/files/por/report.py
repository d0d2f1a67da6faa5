"""What pyreadstat reports of a file, as JSON beside it: the oracle of readers_por, readers_xpt and readers_sas.

Blank cells are null, tagged missings ".a", dates ISO 8601.
"""
import datetime
import json
import math
import sys

import pyreadstat

READERS = {"sav": pyreadstat.read_sav, "por": pyreadstat.read_por, "xpt": pyreadstat.read_xport, "sas7bdat": pyreadstat.read_sas7bdat}


def cell(value, tags):
    if value is None or value != value:
        return None
    if isinstance(value, datetime.datetime) or hasattr(value, "to_pydatetime"):
        value = value.to_pydatetime() if hasattr(value, "to_pydatetime") else value
        return value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, str):
        if tags and len(value) == 1:
            return "." + value.lower()
        return value.rstrip(" ") or None
    value = float(value)
    return None if math.isnan(value) else value


def report(path, to=None, **options):
    reader = READERS[path.rsplit(".", 1)[1]]
    if reader in (pyreadstat.read_sas7bdat, pyreadstat.read_sav):
        options["user_missing"] = True
    labels_given = options.pop("labels", {})
    table, meta = reader(path, **options)
    columns = []
    for name in meta.column_names:
        numeric = meta.readstat_variable_types[name] != "string"
        tags = numeric and reader not in (pyreadstat.read_por, pyreadstat.read_sav)
        labels = meta.variable_value_labels.get(name, {})
        ranges = meta.missing_ranges.get(name, [])
        columns.append({
            "name": name,
            "label": labels_given.get(name, meta.column_names_to_labels[name] or ""),
            "format": meta.original_variable_types[name],
            "numeric": numeric,
            "labels": [[cell(code, tags), text] for code, text in labels.items()],
            "missing": [r["lo"] for r in ranges if r["lo"] == r["hi"]],
            "missing_ranges": [[clean(r["lo"]), clean(r["hi"])] for r in ranges if r["lo"] != r["hi"]],
            "tags": ["." + tag.lower() for tag in meta.missing_user_values.get(name, [])],
            "cells": [cell(value, tags) for value in table[name].tolist()],
        })
    out = {
        "read_by": f"pyreadstat {pyreadstat.__version__}",
        "title": (meta.file_label or "").strip(),
        "rows": len(table),
        "columns": columns,
    }
    with open((to or path) + ".json", "w", encoding="utf-8") as file:
        json.dump(out, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")
    print(path, len(table), "rows", len(columns), "columns")
    return out


def clean(number):
    return None if math.isinf(number) else number


if __name__ == "__main__":
    for path in sys.argv[1:]:
        report(path)

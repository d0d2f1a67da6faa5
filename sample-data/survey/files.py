"""Answers and a codebook in; .csv, .parquet, .sav, the sidecar and the pack out."""

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pyreadstat

CREATED = (b"01 Feb 18", b"12:00:00")


def is_whole(column):
    known = column[~np.isnan(column)]
    return bool((known == np.round(known)).all())


def number(value, decimal):
    if np.isnan(value):
        return ""
    text = repr(float(value))
    if text.endswith(".0"):
        text = text[:-2]
    return text.replace(".", decimal)


def write_csv(path, columns, separator, decimal):
    names = list(columns)
    cells = [[number(v, decimal) for v in columns[name]] for name in names]
    lines = [separator.join(names)] + [separator.join(row) for row in zip(*cells)]
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


def write_parquet(path, columns):
    arrays, fields = [], []
    for name, column in columns.items():
        if is_whole(column):
            kind = pa.int8() if np.nanmax(column) < 128 else pa.int16() if np.nanmax(column) < 32768 else pa.int32()
            array = pa.array([None if np.isnan(v) else int(v) for v in column], kind)
        else:
            array = pa.array(column, pa.float64(), from_pandas=True)
        arrays.append(array)
        fields.append(pa.field(name, array.type))
    parquet.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields)), path, compression="snappy")


def lines(value, indent=0):
    """JSON with whatever fits on one line on one line."""
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) + indent <= 140 or not isinstance(value, (dict, list)):
        return flat
    inner = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{inner}{json.dumps(k)}: {lines(v, indent + 1)}" for k, v in value.items()]
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(inner + lines(v, indent + 1) for v in value) + "\n" + " " * indent + "]"


def write_json(path, book):
    path.write_text(lines(book) + "\n", encoding="utf-8")


def write_sav(path, columns, book, label, weight=None):
    described = {v["name"]: v for v in book.variables}
    frame = pd.DataFrame(columns)
    labels = {name: described[name]["label"]["da"] for name in columns}
    values, missing, measures, formats = {}, {}, {}, {}
    for name, column in columns.items():
        variable = described[name]
        if variable.get("values"):
            values[name] = {float(v["code"]): v["label"]["da"] for v in variable["values"]}
        gone = [v["code"] for v in variable.get("values", []) if v.get("is") in ("missing", "not_asked")]
        if gone:
            missing[name] = [{"lo": float(code), "hi": float(code)} for code in gone]
        measures[name] = {"nominal": "nominal", "ordinal": "ordinal", "numeric": "scale"}[variable["kind"]]
        formats[name] = f"F{max(len(str(int(np.nanmax(column)))), 1)}.0" if is_whole(column) else "F12.6"
    with tempfile.TemporaryDirectory() as folder:
        plain, syntax = Path(folder) / "plain.sav", Path(folder) / "finish.sps"
        pyreadstat.write_sav(
            frame, str(plain), file_label=label, column_labels=labels, variable_value_labels=values,
            missing_ranges=missing, variable_measure=measures, variable_format=formats)
        commands = [f"GET FILE='{plain}'."]
        commands.append(f"FILE LABEL {label}.")
        for identity, title, items in book.sets:
            title = title.replace("'", "''")
            commands.append(f"MRSETS /MDGROUP NAME=${identity} LABEL='{title}' CATEGORYLABELS=VARLABELS VARIABLES={' '.join(items)} VALUE=1.")
        if weight:
            commands.append(f"WEIGHT BY {weight}.")
        commands.append(f"SAVE OUTFILE='{path}' /COMPRESSED.")
        syntax.write_text("\n".join(commands) + "\n", encoding="utf-8")
        done = subprocess.run(["pspp", "-o", str(Path(folder) / "log.txt"), str(syntax)], capture_output=True, text=True)
        log = (Path(folder) / "log.txt").read_text(encoding="utf-8") if (Path(folder) / "log.txt").exists() else ""
        if done.returncode or "error" in (done.stdout + log).lower():
            raise SystemExit(f"pspp: {done.stdout}{done.stderr}{log}")
    # The header says when and on which machine it was written; here it says the same every time.
    bytes_ = bytearray(path.read_bytes())
    bytes_[4:64] = b"@(#) SPSS DATA FILE GNU pspp".ljust(60)
    bytes_[92:101], bytes_[101:109] = CREATED
    path.write_bytes(bytes_)

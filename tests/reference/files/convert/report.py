"""What other programs read in files that Isobar wrote.

    python3 report.py FILE.sav FILE.zsav      (needs pyreadstat, and pspp on the path)

Writes FILE-pyreadstat.json and FILE-pspp.json beside this script: names, labels, missing codes, sets and cells as the
program reports them, with the SHA-256 of the file that was read. `tests/suite/convert.rs` holds the current writer to
both: its bytes must be those that were read here, and its data what was reported.
"""

import datetime
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import pyreadstat

HERE = pathlib.Path(__file__).parent
EPOCH = datetime.datetime(1582, 10, 14)


def moment(seconds, form):
    """ISO 8601 by Python's own calendar; what is no date stays a number."""
    if seconds is None or seconds < 0:
        return seconds
    text = (EPOCH + datetime.timedelta(seconds=seconds)).isoformat()
    text = text.rstrip("0") if "." in text else text
    return text[:10] if form.startswith("DATE1") else text


def report(path):
    frame, meta = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    cells = {}
    for name in meta.column_names:
        form = meta.original_variable_types[name]
        column = [None if value != value or value == "" else value for value in frame[name].tolist()]
        if form.startswith("DATE"):
            column = [moment(value, form) for value in column]
        cells[name] = column
    return {
        "title": meta.file_label,
        "encoding": meta.file_encoding,
        "rows": meta.number_rows,
        "labels": dict(zip(meta.column_names, meta.column_labels)),
        "values": {name: [[code, label] for code, label in labels.items()]
                   for name, labels in meta.variable_value_labels.items()},
        "missing": meta.missing_ranges,
        "measure": meta.variable_measure,
        "formats": meta.original_variable_types,
        "sets": meta.mr_sets,
        "cells": cells,
    }


def pspp(path):
    """PSPP reads the file and writes what it understood, which is then reported; and says the weight itself."""
    with tempfile.TemporaryDirectory() as folder:
        again = pathlib.Path(folder) / "again.sav"
        said = pathlib.Path(folder) / "said.txt"
        syntax = pathlib.Path(folder) / "run.sps"
        syntax.write_text(
            f"GET FILE='{path.resolve()}'.\nSHOW WEIGHT.\nMRSETS /DISPLAY NAME=ALL.\n"
            f"SAVE OUTFILE='{again}'.\n", encoding="utf-8")
        ran = subprocess.run(["pspp", "-o", str(said), str(syntax)], check=True, capture_output=True, text=True,
                             env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"})
        text = said.read_text(encoding="utf-8")
        if "warning" in (text + ran.stdout + ran.stderr).lower():
            sys.exit(f"PSPP warns about {path}:\n{text}{ran.stdout}{ran.stderr}")
        weight = re.search(r"WEIGHT is (\S+?)\.?$", text, re.MULTILINE)
        return {**report(again), "weight": weight and weight.group(1), "said": text[text.index("Multiple Response Sets"):]}


for argument in sys.argv[1:]:
    path = pathlib.Path(argument)
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    for program, read in (("pyreadstat", report), ("pspp", pspp)):
        told = {"file": path.name, "sha256": fingerprint, **read(path)}
        name = path.name.replace(".", "-")
        (HERE / f"{name}-{program}.json").write_text(
            json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

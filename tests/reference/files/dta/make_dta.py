"""Makes the .dta files of pandas and pyreadstat, big-endian twins of old releases, and what pandas and pyreadstat
report of every file here: python3 make_dta.py, after make_dta.R. Needs pandas 3.0 or later and pyreadstat 1.3.

reports.json: file -> {rows, title, variables: [{name, label, format, labels: [[code, label]], cells}]}, as pandas reads
it. A tagged missing is ".a" to ".z", "." and empty texts are null, blanks at the end of texts are dropped. pyreadstat
must report the same values, labels and tags, but for what `agree` names; where it does not the script stops.
haven and pyreadstat write UTF-8 into releases that say nothing of their encoding, and pandas into their long texts;
pandas and pyreadstat read that as Windows-1252, so the reports are mended."""

import glob
import json
import math
import os
import struct
import warnings

import numpy as np
import pandas as pd
import pyreadstat
from pandas.io.stata import StataMissingValue, StataReader, StataWriterUTF8

warnings.simplefilter("ignore")
os.chdir(os.path.dirname(os.path.abspath(__file__)))


def pandas_files():
    n = 9
    data = pd.DataFrame(
        {
            "koen": pd.array([1, 2, None, 2, 1, 1, None, 2, 3], dtype="Int8"),
            "stor": pd.array([-32767, 32740, None, 0, 5, 6, 7, 8, 9], dtype="Int16"),
            "lang": pd.array([-2147483647, 2147483620, None, 0, 5, 6, 7, 8, 9], dtype="Int32"),
            "enkel": np.array([0.1, -1.5, np.nan, 3.4e37, 1e-38, 0, -0.0, 7, 8], dtype="f4"),
            "dobbel": [0.1, -1.5, np.nan, 1e300, 1e-300, 0, 1 / 3, 7, 8],
            "by": ["Århus", "", "Ærø", " foran", "bag  ", "x" * 40, "ß", "é", "Nørre Åby"],
            "dag": pd.to_datetime(["1959-12-31", "1960-01-01", None, "2016-02-29", "2024-11-20", "1900-01-01",
                                   "2100-12-31", "1970-01-01", "2000-02-29"]),
            "tid": pd.to_datetime(["1959-12-31 23:59:59.5", "1960-01-01", None, "2016-02-29 12:30:15.25", "2024-11-20",
                                   "1900-01-01 01:02:03", "2100-12-31", "1970-01-01", "2000-02-29"], format="mixed"),
        }
    )
    for name in ["uge", "maaned", "kvartal", "halvaar"]:
        data[name] = data["dag"]
    data["aar"] = pd.array([2016, 2017, None, 2018, 2019, 2020, 2021, 2022, 2023], dtype="Int16")
    dates = {"dag": "td", "tid": "tc", "uge": "tw", "maaned": "tm", "kvartal": "tq", "halvaar": "th"}
    labels = {"koen": "Respondentens køn", "by": "Byens navn", "dag": "En dag", "enkel": "float"}
    values = {
        "koen": {1: "Mand", 2: "Kvinde", 99: "Ved ikke"},
        "stor": {-32767: "mindst", 5: "fem", 0: "nul"},
    }
    common = dict(convert_dates=dates, write_index=False, data_label="Prøve fra pandas",
                  variable_labels=labels, value_labels=values)
    for order in ["little", "big"]:
        for version in [114, 117, 118, 119]:
            data.to_stata(f"pandas-{version}-{order}.dta", version=version, byteorder=order, **common)
        long = pd.DataFrame({"nr": np.arange(5, dtype="i4"),
                             "tekst": ["Rødgrød " * 300, "", "kort", "y" * 3000, "kort"],
                             "mere": ["", "Ærø", "z" * 2100, "kort", "æ"]})
        for version in [117, 118, 119]:
            long.to_stata(f"pandas-strl-{version}-{order}.dta", version=version, byteorder=order, write_index=False,
                          convert_strl=["tekst", "mere"])
    # Names beyond ASCII, in the releases that have them.
    names = pd.DataFrame({"køn": np.array([1, 2, 1], dtype="i1"), "größe": [1.5, 2.5, 3.5], "имя": ["да", "нет", "да"]})
    StataWriterUTF8("pandas-names-118.dta", names, write_index=False, variable_labels={"имя": "Имя", "køn": "Køn"},
                    value_labels={"køn": {1: "Mænd", 2: "Женщины"}}, version=118).write_file()


def pyreadstat_files():
    data = pd.DataFrame(
        {
            "svar": pd.Series([1, 2, "a", "b", None, 3], dtype=object),
            "kvalitet": pd.Series([1.5, "z", 2.5, None, "a", 1e9], dtype=object),
            "tekst": ["Ærø", "", "b", "c", "d", "e"],
            "heltal": np.array([1, 2, 3, 4, 5, -6], dtype="i4"),
        }
    )
    for version in [8, 10, 12, 13, 14, 15]:
        pyreadstat.write_dta(
            data, f"pyreadstat-{version}.dta", version=version, file_label="Fra pyreadstat",
            column_labels=["Et svar", None, "En tekst", "Et heltal"],
            variable_value_labels={"svar": {1: "Ja", 2: "Nej", "a": "Ved ikke", "c": "Afvist"},
                                   "heltal": {-6: "minus seks", 1: "en"}},
            missing_user_values={"svar": ["a", "b", "c"], "kvalitet": ["a", "z"]},
            variable_format={"heltal": "%12.0f"},
        )


def short_labels(source, target):
    """A file of release 105 with a table of value labels, which readstata13 does not write there, and with 2**333 for
    a missing double, as Stata wrote it then."""
    old = bytearray(open(source, "rb").read())
    assert old[0] == 105
    variables = struct.unpack_from("<H", old, 4)[0]
    names = 10 + 32 + 18 + variables + 9 * variables + 2 * (variables + 1) + 12 * variables
    old[names:names + 4] = b"svar"
    place = old.rindex(bytes.fromhex("000000000000e07f"))
    old[place:place + 8] = struct.pack("<d", 2.0**333)
    labels = {1: b"Ja", 2: b"Nej", 3: b"otte bog"}
    old += struct.pack("<H9sx", len(labels), b"svar") + struct.pack("<3h", *labels) + b"".join(
        text.ljust(8, b"\0") for text in labels.values())
    open(target, "wb").write(old)


def swapped(source, target):
    """An old release (104 to 115) with its byte order turned round."""
    old = open(source, "rb").read()
    release = old[0]
    assert old[1] == 2
    new = bytearray(old)
    new[1] = 1

    def turn(at, size, count=1):
        for place in range(at, at + size * count, size):
            new[place:place + size] = old[place:place + size][::-1]
        return at + size * count

    variables, rows = struct.unpack_from("<HI", old, 4)
    turn(4, 2)
    at = turn(6, 4) + (32 if release <= 105 else 81) + (0 if release <= 104 else 18)
    types = [{98: 251, 105: 252, 108: 253, 102: 254, 100: 255}.get(t, t - 127) if release <= 110 else t
             for t in old[at:at + variables]]
    at += variables + (9 if release <= 108 else 33) * variables
    at = turn(at, 2, variables + 1)
    at += (7 if release <= 104 else 12 if release <= 113 else 49) * variables
    at += (9 if release <= 108 else 33) * variables
    at += (32 if release <= 105 else 81) * variables
    while release > 104:
        size = 2 if release <= 108 else 4
        kind, length = old[at], int.from_bytes(old[at + 1:at + 1 + size], "little")
        turn(at + 1, size)
        at += 1 + size + length
        if kind == 0:
            break
    for _ in range(rows):
        for kind in types:
            size = {251: 1, 252: 2, 253: 4, 254: 4, 255: 8}.get(kind)
            at = turn(at, size) if size else at + kind
    while at < len(old):
        if release < 108:
            count = int.from_bytes(old[at:at + 2], "little")
            at = turn(turn(at, 2) + 10, 2, count) + 8 * count
        else:
            turn(at, 4)
            at += 4 + (9 if release == 108 else 33) + 3
            count, length = struct.unpack_from("<II", old, at)
            at = turn(at, 4, 2 + 2 * count) + length
    assert at == len(old), (source, at, len(old))
    open(target, "wb").write(new)


def mended(text):
    """A text read as Latin-1 or Windows-1252 that is UTF-8."""
    for encoding in ["latin-1", "cp1252"]:
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            pass
    return text


def code(cell):
    if isinstance(cell, StataMissingValue):
        return None if cell.string == "." else cell.string
    if isinstance(cell, str):
        return mended(cell).rstrip(" \0") or None
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and math.isnan(cell)):
        return None
    return float(cell)


def date(cell, format):
    if cell is pd.NaT:
        return None
    if format.lstrip("%-").startswith("tc"):
        text = cell.isoformat()
        return text.rstrip("0") if "." in text else text
    return cell.strftime("%Y-%m-%d")


def label_code(number, release):
    if release >= 113 and number > 2147483621:
        return "." + chr(ord("a") + number - 2147483622)
    return float(number)


def report(path):
    plain = dict(convert_categoricals=False, index_col=None, preserve_dtypes=True)
    with StataReader(path, convert_dates=False, convert_missing=True, **plain) as reader:
        raw = reader.read()
        title, labels, values = reader.data_label.rstrip(), reader.variable_labels(), reader.value_labels()
        tables, formats, release = reader._lbllist, reader._fmtlist, reader._format_version
    dated = pd.read_stata(path, convert_dates=True, convert_categoricals=False)
    variables = []
    for name, table, format in zip(raw.columns, tables, formats):
        cells = [code(cell) for cell in raw[name]]
        if pd.api.types.is_datetime64_any_dtype(dated[name]) and not format.lstrip("%-").startswith("ty"):
            cells = [cell if isinstance(cell, str) else date(moment, format) for cell, moment in zip(cells, dated[name])]
        pairs = [[label_code(int(number), release), mended(text)] for number, text in values.get(table, {}).items()]
        variables.append({"name": name, "label": mended(labels[name]), "format": format,
                          "labels": pairs if not isinstance(raw[name].dtype, pd.StringDtype) else [], "cells": cells})
    return {"rows": len(raw), "title": mended(title), "variables": variables}


def agree(path, said):
    """pyreadstat's report is pandas's, where it can read the file; dates it gives in its own way."""
    try:
        data, meta = pyreadstat.read_dta(path, user_missing=True, disable_datetime_conversion=True)
    except Exception as error:  # noqa: BLE001
        return f"pyreadstat cannot read it: {error}"
    assert mended(meta.file_label or "") == said["title"], (path, meta.file_label, said["title"])
    for i, variable in enumerate(said["variables"]):
        name = variable["name"]
        assert name == meta.column_names[i], (path, name)
        assert mended(meta.column_labels[i] or "") == variable["label"], (path, name, meta.column_labels[i])
        labels = {("." + k if isinstance(k, str) else float(k)): mended(v)
                  for k, v in meta.variable_value_labels.get(name, {}).items()}
        assert labels == {c: t for c, t in variable["labels"]}, (path, name, labels, variable["labels"])
        if variable["format"].lstrip("%-")[:1] in "td" and len(variable["format"]) > 2 and "s" != variable["format"][-1]:
            continue
        numeric = meta.readstat_variable_types[name] != "string"
        cells = [("." + c if numeric and isinstance(c, str) else code(c)) for c in data[name]]
        # pyreadstat gives 0 for "." in whole numbers with tags, and does not know the missing code of old doubles.
        known = lambda ours, theirs: theirs is None and (ours == 0 or ours == 2.0**333)  # noqa: E731
        same = all(ours == theirs or known(ours, theirs) for ours, theirs in zip(cells, variable["cells"], strict=True))
        assert same, (path, name, cells, variable["cells"])
    return "equal"


if __name__ == "__main__":
    pandas_files()
    pyreadstat_files()
    short_labels("readstata13-105.dta", "labels-105.dta")
    for path in glob.glob("*-be.dta"):
        os.remove(path)
    for path in sorted(glob.glob("*.dta")):
        if 104 <= open(path, "rb").read(1)[0] <= 113 and open(path, "rb").read(2)[1] == 2:
            swapped(path, path.replace(".dta", "-be.dta"))
    reports = {}
    for path in sorted(glob.glob("*.dta")):
        try:
            reports[path] = report(path)
        except Exception as error:  # noqa: BLE001
            print(path, "pandas cannot read it:", error)
            continue
        print(path, agree(path, reports[path]))
    with open("reports.json", "w") as file:
        json.dump(reports, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")

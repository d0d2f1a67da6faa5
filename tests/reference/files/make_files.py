"""Makes the files of this folder with other programs, and writes beside each what such a program reads in it.

Needs Python with pyreadstat, pandas and pyarrow, and PSPP. The files are kept, so that the tests need none of them.
    python3 make_files.py
"""

import datetime as dt
import json
import math
import re
import struct
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat

HERE = Path(__file__).parent


def frame():
    rows = 60
    i = np.arange(rows)
    return pd.DataFrame(
        {
            "id": i + 1001.0,
            "Meget_langt_variabelnavn_nummer_1": np.where(i % 9 == 4, np.nan, i % 4 + 1.0),
            "Meget_langt_variabelnavn_nummer_2": np.where(i % 7 == 0, 98.0, np.where(i % 11 == 3, 99.0, i % 5 + 1.0)),
            "vægt": 0.1 + i * 1.37 / 7,
            "negativ": -3.0 - i % 3,
            "brøk": np.where(i % 2 == 0, i / 3, -i / 7),
            "stor": 1e15 + i,
            "kort": np.array(["a", "ø", "", "abc"], dtype=object)[i % 4],
            "middel": np.array(["Nordjylland", "Syddanmark", "", "Hovedstaden"], dtype=object)[i % 4],
            "lang": np.array(["x" * 254 + "y", "kort", "æ" * 100], dtype=object)[i % 3],
            "meget_lang": np.array(["ab" * 300 + "z", "", "å" * 400 + " slut"], dtype=object)[i % 3],
            "dato": [dt.date(2016, 2, 27) + dt.timedelta(days=int(k)) if k % 5 else None for k in i],
            "tid": [dt.datetime(1999, 12, 31, 23, 59, 58) + dt.timedelta(seconds=int(k)) for k in i],
        }
    )


def with_pyreadstat():
    arguments = dict(
        file_label="Prøvefil med æøå",
        column_labels={"id": "Nummer", "Meget_langt_variabelnavn_nummer_1": "Først: " + "lang etiket " * 20, "kort": "Æble"},
        variable_value_labels={
            "Meget_langt_variabelnavn_nummer_1": {1.0: "Slet ikke", 2.0: "Lidt", 3.0: "Noget", 4.0: "Meget"},
            "Meget_langt_variabelnavn_nummer_2": {1.0: "Ja", 98.0: "Ved ikke", 99.0: "Ikke spurgt"},
            "kort": {"a": "Første", "ø": "Anden"},
            "middel": {"Nordjylland": "Region Nordjylland", "Hovedstaden": "Region Hovedstaden"},
        },
        missing_ranges={
            "Meget_langt_variabelnavn_nummer_2": [98.0, 99.0],
            "negativ": [{"lo": -5.0, "hi": -4.0}],
            "kort": ["abc"],
        },
        variable_measure={
            "Meget_langt_variabelnavn_nummer_1": "ordinal",
            "Meget_langt_variabelnavn_nummer_2": "nominal",
            "vægt": "scale",
        },
    )
    pyreadstat.write_sav(frame(), HERE / "pyreadstat-plain.sav", **arguments)
    pyreadstat.write_sav(frame(), HERE / "pyreadstat-bytecode.sav", row_compress=True, **arguments)
    pyreadstat.write_sav(frame(), HERE / "pyreadstat.zsav", compress=True, **arguments)


SYNTAX = """
DATA LIST LIST (';') / vaegt (F8.3) alder (F3) holdning (F2) p1 p2 p3 (F1) initiativ1 initiativ2 initiativ3 (F2)
  bynavn (A20) svarord (A4) notat (A600) dato (EDATE10) maaned (MOYR8) uge (WKDAY3) varighed (TIME8).
BEGIN DATA
1.5;34;1;1;0;1;1;3;;Aalborg;ja;{long_a};01.03.2016;MAR 2016;MON;01:30:00
0.25;-1;2;0;0;1;2;;;København;nej;{long_b};29.02.2016;FEB 2016;WED;00:00:01
2.125;999;8;0;9;0;3;1;2;Århus;;;31.12.1999;DEC 1999;SUN;100:00:00
1;77;9;;;;99;;;Ikke oplyst;ved;kort;;;;
3.75;-7;-3;1;1;1;;;;;ja;x;15.10.1582;;TUE;
END DATA.
VARIABLE LABELS holdning 'Hvor enig er du?' p1 'Virksomheder' p2 'Borgere' p3 'Foreninger' alder 'Alder i år'.
VALUE LABELS holdning 1 'Enig' 2 'Uenig' 8 'Ved ikke' 9 'Uoplyst'
  /p1 0 'Nej' 1 'Ja, virksomheder' 9 'Ikke spurgt' /p2 p3 0 'Nej' 1 'Ja' 9 'Ikke spurgt'
  /initiativ1 initiativ2 initiativ3 1 'Medarbejdere' 2 'Ledere' 3 'Borgere' 99 'Ved ikke'
  /bynavn 'Aalborg' 'Aalborg Kommune' 'Ikke oplyst' 'Uoplyst'
  /svarord 'ja' 'Bekræftet'.
MISSING VALUES holdning (8, 9) /alder (LO THRU -1, 999) /p1 p2 p3 (9) /initiativ1 initiativ2 initiativ3 (90 THRU HI)
  /svarord ('ved').
VARIABLE LEVEL holdning (ORDINAL) /vaegt alder (SCALE) /p1 p2 p3 (NOMINAL).
RENAME VARIABLES (vaegt = Vægten).
WEIGHT BY Vægten.
FILE LABEL 'Prøve fra PSPP'.
MRSETS
  /MDGROUP NAME=$partnere LABEL='Samarbejdspartnere' VARIABLES=p1 p2 p3 VALUE=1
  /MCGROUP NAME=$initiativ LABEL='Hvem tog initiativ?' VARIABLES=initiativ1 initiativ2 initiativ3
  /MDGROUP NAME=$talt LABEL='Navne efter værdier' CATEGORYLABELS=COUNTEDVALUES VARIABLES=p1 p2 VALUE=1.
SAVE OUTFILE='{out}' /{how}.
"""


def with_pspp():
    long_a, long_b = "lang tekst " * 50, "ø" * 290
    for name, how, locale in [
        ("pspp-plain.sav", "UNCOMPRESSED", "UTF-8"),
        ("pspp-bytecode.sav", "COMPRESSED", "UTF-8"),
        ("pspp.zsav", "ZCOMPRESSED", "UTF-8"),
        ("pspp-windows-1252.sav", "COMPRESSED", "windows-1252"),
    ]:
        syntax = SYNTAX.format(long_a=long_a.strip(), long_b=long_b, out=HERE / name, how=how)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "make.sps"
            path.write_text(f"SET LOCALE='{locale}'.\n{syntax}", encoding=locale)
            subprocess.run(["pspp", f"--syntax-encoding={locale}", path], check=True, stdout=subprocess.DEVNULL)


def claims_utf_8():
    """Windows-1252 texts in a file that says it is UTF-8, as some programs write."""
    data = bytearray((HERE / "pspp-windows-1252.sav").read_bytes())
    name = re.search(rb"(?i)windows-1252", data)
    data[name.start() : name.end()] = b"UTF-8".ljust(12)
    record = data.index(struct.pack("<iiii", 7, 3, 4, 8))
    data[record + 16 + 28 : record + 16 + 32] = struct.pack("<i", 65001)
    (HERE / "claims-utf-8.sav").write_bytes(data)


def big_endian(source, target):
    """The same file as a big-endian machine would write it; other programs read it back below."""
    data = (HERE / source).read_bytes()
    out = bytearray(data)
    at = 0

    def swap(count, size):
        nonlocal at
        for _ in range(count):
            out[at : at + size] = data[at : at + size][::-1]
            at += size

    def whole(position):
        return struct.unpack_from("<i", data, position)[0]

    at = 64
    swap(5, 4)
    compression = whole(72)
    swap(1, 8)
    at = 176
    widths = []
    while True:
        kind = whole(at)
        swap(1, 4)
        if kind == 2:
            width, has_label, missing = whole(at), whole(at + 4), whole(at + 8)
            swap(5, 4)
            at += 8
            if has_label:
                length = whole(at)
                swap(1, 4)
                at += -(-length // 4) * 4
            if width == 0:
                swap(abs(missing), 8)
            else:
                at += 8 * abs(missing)
            widths.append(width)
        elif kind == 3:
            count = whole(at)
            swap(1, 4)
            # The variables come after the labels: they tell whether the codes are numbers.
            look = at
            for _ in range(count):
                look += 8 + -(-(data[look + 8] + 1) // 8) * 8
            numeric = widths[whole(look + 8) - 1] == 0
            for _ in range(count):
                if numeric:
                    swap(1, 8)
                else:
                    at += 8
                at += -(-(data[at] + 1) // 8) * 8
        elif kind == 4:
            count = whole(at)
            swap(1 + count, 4)
        elif kind == 7:
            subtype, size, count = whole(at), whole(at + 4), whole(at + 8)
            swap(3, 4)
            if subtype == 3:
                endianness = at + 24
                swap(count, 4)
                out[endianness : endianness + 4] = struct.pack(">i", 1)
            elif subtype in (4, 11, 16):
                swap(count, size)
            elif subtype == 21:
                end = at + size * count
                while at < end:
                    length = whole(at)
                    swap(1, 4)
                    at += length
                    labels = whole(at + 4)
                    swap(2, 4)
                    for _ in range(2 * labels):
                        length = whole(at)
                        swap(1, 4)
                        at += length
            elif subtype == 22:
                end = at + size * count
                while at < end:
                    length = whole(at)
                    swap(1, 4)
                    at += length
                    missing = data[at]
                    at += 1
                    length = whole(at)
                    swap(1, 4)
                    at += missing * length
            else:
                at += size * count
        elif kind == 999:
            swap(1, 4)
            break
        else:
            raise ValueError(kind)
    assert compression == 0, "only plain data are turned round"
    while at < len(data):
        for width in widths:
            if width == 0:
                swap(1, 8)
            else:
                at += 8
    (HERE / target).write_bytes(out)


def plain(value):
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)) or value == "":
        return None
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    if isinstance(value, (dt.date, dt.datetime)):
        text = value.isoformat()
        return text.rstrip("0") if "." in text else text
    if isinstance(value, dt.timedelta):
        return value.total_seconds()
    if isinstance(value, dt.time):
        return value.hour * 3600.0 + value.minute * 60 + value.second
    if isinstance(value, (np.bool_, np.floating, np.integer)):
        return value.item()
    return value


def report(name):
    """What pyreadstat reads in an SPSS file. Durations are taken as they are stored."""
    data, meta = pyreadstat.read_sav(HERE / name, user_missing=True)
    raw, _ = pyreadstat.read_sav(HERE / name, user_missing=True, disable_datetime_conversion=True)
    for column, kind in meta.original_variable_types.items():
        if kind.startswith("TIME"):
            data[column] = raw[column]
    return {
        "rows": meta.number_rows,
        "title": meta.file_label or "",
        "sets": {
            name: {key: said[key] for key in ("type", "counted_value", "label", "variable_list")}
            for name, said in meta.mr_sets.items()
        },
        "variables": [
            {
                "name": column,
                "label": (meta.column_names_to_labels[column] or "").strip(),
                "labels": sorted(
                    ([code, label] for code, label in meta.variable_value_labels.get(column, {}).items()), key=str
                ),
                "missing": [
                    # An open end is null.
                    [None if isinstance(end, float) and math.isinf(end) else end for end in (given["lo"], given["hi"])]
                    for given in meta.missing_ranges.get(column, [])
                ],
                "measure": meta.variable_measure[column],
                "format": meta.original_variable_types[column],
                "cells": [plain(value) for value in data[column]],
            }
            for column in data.columns
        ],
    }


def reports():
    """One report for all files of the same survey: pyreadstat reads the same in each of them."""
    for family in ("pspp", "pyreadstat"):
        said = [report(path.name) for path in sorted(HERE.glob(f"{family}*sav"))]
        assert all(one == said[0] for one in said)
        (HERE / f"{family}.json").write_text(json.dumps(said[0], ensure_ascii=False) + "\n", encoding="utf-8")


def with_pandas():
    i = np.arange(40)
    data = pd.DataFrame(
        {
            "lille": pd.array([None if k % 6 == 0 else k % 3 for k in i], dtype="Int8"),
            "stor": pd.array(i * 10**9, dtype="Int64"),
            "for_stor": pd.array(i + 2**60, dtype="Int64"),
            "uden_fortegn": pd.array(i, dtype="UInt16"),
            "vægt": 0.1 + i / 3,
            "halv": (i / 8).astype("float32"),
            "ja": pd.array([None if k % 5 == 0 else bool(k % 2) for k in i], dtype="boolean"),
            "region": np.array(["Nordjylland", "Syddanmark", None, "Sjælland"], dtype=object)[i % 4],
            "svar": pd.Categorical(
                np.array(["enig", "uenig", "ved ikke"], dtype=object)[i % 3],
                categories=["uenig", "ved ikke", "enig"],
                ordered=True,
            ),
            "dato": [dt.date(2016, 2, 27) + dt.timedelta(days=int(k)) if k % 7 else None for k in i],
            "tid": pd.to_datetime("2016-02-28 23:59:59.5") + pd.to_timedelta(i, unit="s"),
            "liste": [[1, 2]] * len(i),
        }
    )
    data.to_parquet(HERE / "pandas.parquet", index=False)
    data.drop(columns=["liste", "svar"]).to_parquet(HERE / "pandas-zstd.parquet", index=False, compression="zstd")
    said = {column: [None if value is pd.NA else plain(value) for value in data[column]] for column in data.columns if column != "liste"}
    (HERE / "pandas.parquet.json").write_text(json.dumps(said, ensure_ascii=False, default=str) + "\n")

    # As small as can be: thousands of damaged copies of it are read.
    small = pa.table(
        {
            "nr": pa.array([1, 2, None, 4], pa.int64()),
            "v": pa.array([0.5, 1.25, -3.0, None]),
            "by": pa.array(["Ry", "Ry", "Ribe", None]).dictionary_encode(),
            "dag": pa.array([16861, 16862, None, 16861], pa.date32()),
            "ja": pa.array([True, False, None, True]),
        }
    )
    pq.write_table(small, HERE / "pyarrow-small.parquet", store_schema=False)

    table = pd.DataFrame(
        {
            "nr": [f"{k:03}" for k in range(1, 9)],
            "alder": [34, 71, None, 18, 25, 46, 52, 60],
            "vægt": [0.1 + k / 7 for k in range(8)],
            "by": ["Århus", "København", "Køge; syd", 'kaldet "Byen"', "linje 1\nlinje 2", "", "Ærø", "Ribe"],
        }
    )
    for name, how in {
        "komma.csv": {},
        "semikolon-decimalkomma.csv": dict(sep=";", decimal=","),
        "tabulator-utf-16.tsv": dict(sep="\t", encoding="utf-16"),
        "windows-1252.csv": dict(sep=";", decimal=",", encoding="windows-1252"),
        "bom.csv": dict(sep="|", encoding="utf-8-sig"),
    }.items():
        table.to_csv(HERE / name, index=False, **how)
    said = {column: [plain(value) for value in table[column]] for column in table.columns}
    (HERE / "csv.json").write_text(json.dumps(said, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    with_pyreadstat()
    with_pspp()
    claims_utf_8()
    big_endian("pspp-plain.sav", "pspp-big-endian.sav")
    big_endian("pyreadstat-plain.sav", "pyreadstat-big-endian.sav")
    with_pandas()
    reports()

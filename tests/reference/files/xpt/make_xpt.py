"""Files of pyreadstat for readers_xpt, and what pyreadstat reports of these and of haven's (make_xpt.R). The tags in
haven's files are reported by haven, the numbers are compared with pandas."""
import datetime
import json
import os
import sys

import pandas
import pyreadstat

sys.path.insert(0, "../por")
from report import report

table = pandas.DataFrame({
    "Q1": [1.0, 2.0, 9.0, None, 1.0],
    "Q2": [0.1, 1 / 3, 3.141592653589793, -1e-70, 1e70],
    "TXT": ["abc", "", "x y", "99", "ø"],
    "DAY": [datetime.date(2020, 2, 29), datetime.date(1999, 12, 31), None, datetime.date(1970, 1, 1), datetime.date(1959, 6, 15)],
    "AT": pandas.to_datetime(["2020-02-29 01:02:03", "1999-12-31 23:59:59", None, "1970-01-01", "1959-06-15 12:00:00"], format="ISO8601"),
})
for version in (5, 8):
    pyreadstat.write_xport(
        table, f"pyreadstat{version}.xpt", file_label="A small file", table_name="SMALL", file_format_version=version,
        column_labels=["First question", "A number", "En tekst: rødgrød", None, "A moment"],
    )
# Nothing but one short text: a row of blanks and the filling of the last record look the same.
pyreadstat.write_xport(pandas.DataFrame({"A": ["x", "", "y"]}), "narrow.xpt", file_format_version=5)
for name in ["pyreadstat5.xpt", "pyreadstat8.xpt", "narrow.xpt", "haven5.xpt", "haven8.xpt"]:
    told = report(name)
    if os.path.exists(name + ".tags"):
        tags = open(name + ".tags").read().split("\n")
        column = told["columns"][1]
        column["cells"] = [tag or cell for tag, cell in zip(tags, column["cells"])]
        column["tags"] = sorted(set(tags) - {""})
        told["read_by"] += ", tags by haven"
        with open(name + ".json", "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, separators=(",", ":"))
            file.write("\n")
    if "8" not in name:
        other = pandas.read_sas(name, format="xport", encoding="utf-8")
        for column in told["columns"]:
            if column["numeric"] and "DATE" not in (column["format"] or ""):
                # pandas drops a last row that is half blank and reads 0 as 5e-79.
                ours = pandas.Series([cell if isinstance(cell, float) else None for cell in column["cells"]], dtype=float)[: len(other)]
                assert (ours.isna() | ((ours - other[column["name"]]).abs() <= 1e-15 * ours.abs() + 1e-78)).all(), (name, column["name"])

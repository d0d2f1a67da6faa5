"""Files of pyreadstat for readers_por, and what pyreadstat reports of these and of PSPP's (make_por.sps)."""
import datetime
import pandas
import pyreadstat
from report import report

table = pandas.DataFrame({
    "Q1": [1.0, 2.0, 9.0, None, 1.0],
    "Q2": [0.1, 1 / 3, 3.141592653589793, -1e-7, 12345678.901],
    "TXT": ["abc", "", "x y", "99", "Z"],
    "BIG": [1e15, -2.0**40, 5e20, 0.0, 7.25],
    "D": [datetime.date(2020, 2, 29), datetime.date(1999, 12, 31), None, datetime.date(1970, 1, 1), datetime.date(2030, 6, 15)],
})
pyreadstat.write_por(
    table, "pyreadstat.por", file_label="A small file",
    column_labels=["First question", "A number", "A text", "", "A day"],
)
# What PSPP itself makes of its file, saved as a system file. The label that is not ASCII is given as the syntax has it:
# PSPP writes its bytes, but does not read them again. The weighted file has the same data.
for name in ["pspp.por", "pspp_weight.por"]:
    report("pspp_back.sav", to=name, labels={"W": "Vægt: rødgrød på"})
report("pyreadstat.por")

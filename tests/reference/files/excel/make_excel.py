"""Workbooks by openpyxl, XlsxWriter, xlwt, odfdo and R's openxlsx, and what pandas (openpyxl, xlrd), python-calamine
and R's readxl report of them.

Run in this folder; needs openpyxl, xlsxwriter, xlwt, xlrd, odfdo, python-calamine, pandas and R with openxlsx, readxl.
"""
import datetime as dt
import json
import subprocess

import odfdo
import openpyxl
import pandas as pd
import python_calamine
import xlsxwriter
import xlwt

HEAD = ["id", "svar", "vægt", "dato", "tid", "ja", "kommentar", "blandet", "tom"]
ROWS = []
for i in range(40):
    ROWS.append([
        1000 + i,
        None if i % 9 == 4 else 1 + i % 4,
        round(0.1 * i + 0.7, 10) if i % 11 else 1 / 3,
        dt.datetime(2016, 3, 1) + dt.timedelta(days=37 * i) if i % 8 != 3 else None,
        dt.datetime(1999, 12, 31, 23, 59, 59) + dt.timedelta(hours=i * 977, milliseconds=500 * (i % 2)),
        bool(i % 3),
        [None, "Rødgrød & \"fløde\" <på>", "to\nlinjer", "Straße – 100 %", "x" * 300, "한국어 🙂"][i % 6],
        i if i % 5 else "ved ikke",
        None,
    ])
LABELS = [
    ["Variabel", "Kode", "Tekst"],
    ["svar", None, "Hvor enig er du?"],
    [None, 1, "Meget enig"],
    [None, 2, "Enig"],
    [None, 3, "Uenig"],
    [None, 9, "Ved ikke"],
    ["vægt", None, "Opregningsvægt"],
    ["ja", "1", "Ja"],
    ["ja", "0", "Nej"],
]
NOTES = ["Om undersøgelsen", "Svarene er opdigtede.", "Spørgsmål til kontoret."]


def with_openpyxl(path, epoch=None):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    notes = book.active
    notes.title = "Læs mig"
    for line in NOTES:
        notes.append([line])
    data = book.create_sheet("Data")
    data.append(["En undersøgelse"])
    data.merge_cells("A1:I1")
    data.append([])
    data.append(HEAD)
    for row in ROWS:
        data.append(row)
    data.append([])
    labels = book.create_sheet("Koder")
    for row in LABELS:
        labels.append(row)
    more = book.create_sheet("Mere")
    more.append(["a", "b"])
    more.append([1, 2])
    book.save(path)


def with_xlsxwriter(path):
    book = xlsxwriter.Workbook(path)
    data = book.add_worksheet("Data")
    day = book.add_format({"num_format": "dd-mm-yyyy"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    rich = book.add_format({"bold": True})
    for c, name in enumerate(HEAD):
        data.write(0, c, name)
    for r, row in enumerate(ROWS, 1):
        for c, cell in enumerate(row):
            if isinstance(cell, dt.datetime):
                data.write_datetime(r, c, cell, day if HEAD[c] == "dato" else moment)
            elif cell is not None:
                data.write(r, c, cell)
    data.write(0, 9, "formel")
    data.write(0, 10, "fejl")
    data.write(0, 11, "fed")
    for r in range(1, 41):
        data.write_formula(r, 9, f"=B{r + 1}*2", None, 2 * (ROWS[r - 1][1] or 0))
        if r % 4:
            data.write_formula(r, 10, f"=1/{r % 2}", None, 1 if r % 2 else "#DIV/0!")
        data.write_rich_string(r, 11, "en ", rich, "fed", " tekst")
    labels = book.add_worksheet("labels")
    for r, row in enumerate([["variable", "variable label", "value", "value label"],
                             ["svar", "Hvor enig er du?", 1, "Meget enig"],
                             ["svar", "Hvor enig er du?", 2, "Enig"],
                             ["ja", "Ja eller nej", 1, "Ja"]]):
        for c, cell in enumerate(row):
            labels.write(r, c, cell)
    labels.hide()
    book.close()


def with_xlwt(path):
    book = xlwt.Workbook(encoding="utf-8")
    data = book.add_sheet("Data")
    day = xlwt.easyxf(num_format_str="DD-MM-YYYY")
    moment = xlwt.easyxf(num_format_str="YYYY-MM-DD HH:MM:SS")
    for c, name in enumerate(HEAD):
        data.write(0, c, name)
    for r, row in enumerate(ROWS, 1):
        for c, cell in enumerate(row):
            if isinstance(cell, dt.datetime):
                data.write(r, c, cell, day if HEAD[c] == "dato" else moment)
            elif cell is not None:
                data.write(r, c, cell)
    # Enough different texts that the list of them goes on in further records, in letters of one and two bytes.
    data.write(0, 9, "lang")
    for r in range(1, 41):
        data.write(r, 9, f"{r} " + ("æøå" if r % 2 else "ΩЖ漢") * 150)
    labels = book.add_sheet("Koder")
    for r, row in enumerate(LABELS):
        for c, cell in enumerate(row):
            if cell is not None:
                labels.write(r, c, cell)
    book.save(path)


def with_odfdo(path):
    doc = odfdo.Document("spreadsheet")
    doc.body.clear()
    data = odfdo.Table("Data")
    data.set_values([HEAD] + [[("" if c is None else c) for c in row] for row in ROWS])
    # A block of equal rows, written once.
    row = odfdo.Row()
    row.set_values([2000, 1, 0.5])
    row.repeated = 3
    data.append_row(row)
    doc.body.append(data)
    labels = odfdo.Table("Koder")
    labels.set_values([[("" if c is None else c) for c in row] for row in LABELS])
    doc.body.append(labels)
    doc.save(path)


def cell(value):
    if value is None or value == "" or (isinstance(value, float) and value != value) or value is pd.NaT:
        return None
    if isinstance(value, bool):
        return 1 if value else 0
    if isinstance(value, (pd.Timestamp, dt.datetime)):
        text = value.isoformat()
        return text[:10] if text.endswith("T00:00:00") else text.rstrip("0") if "." in text else text
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return float(value)
    return str(value).strip()


def by_pandas(path, sheet, header, engine):
    frame = pd.read_excel(path, sheet_name=sheet, header=header, engine=engine, keep_default_na=False, dtype=object)
    frame = frame[[any(cell(c) is not None for c in row) for row in frame.itertuples(index=False)]]
    return {str(name): [cell(value) for value in frame[name]] for name in frame.columns}


def by_calamine(path, sheet):
    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    head, rows = rows[0], [row for row in rows[1:] if any(cell(c) is not None for c in row)]
    return {name: [cell(row[c]) for row in rows] for c, name in enumerate(head)}


def tiny():
    """Seeds for damaged files: small, with every kind of cell."""
    rows = [["id", "dag", "svar"], [1, dt.datetime(2016, 3, 1), "a & ø"], [2.5, None, True]]
    codes = [["variable", "code", "label"], ["id", 1, "En"]]
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("A5:B5")
    sheet = book.create_sheet("Codes")
    for row in codes:
        sheet.append(row)
    book.save("tiny.xlsx")
    book = xlwt.Workbook()
    for name, cells in [("Data", rows), ("Codes", codes)]:
        sheet = book.add_sheet(name)
        for r, row in enumerate(cells):
            for c, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    sheet.write(r, c, cell, xlwt.easyxf(num_format_str="DD-MM-YYYY"))
                elif cell is not None:
                    sheet.write(r, c, cell)
    book.save("tiny.xls")
    doc = odfdo.Document("spreadsheet")
    doc.body.clear()
    for name, cells in [("Data", rows), ("Codes", codes)]:
        table = odfdo.Table(name)
        table.set_values([[("" if c is None else c) for c in row] for row in cells])
        doc.body.append(table)
    doc.save("tiny.ods")


tiny()
with_openpyxl("openpyxl.xlsx")
with_openpyxl("openpyxl-1904.xlsx", openpyxl.utils.datetime.CALENDAR_MAC_1904)
with_xlsxwriter("xlsxwriter.xlsx")
with_xlwt("xlwt.xls")
with_odfdo("odfdo.ods")
R = """
library(openxlsx)
set.seed(1)
data <- data.frame(q1 = c(1:5, NA), besked = c("a", "b & c", NA, "\u00e6\u00f8\u00e5", "e", "f"),
  dag = as.Date("2020-02-28") + 0:5, klokken = as.POSIXct("2020-02-28 10:11:12", tz = "UTC") + 3601 * 0:5,
  tal = rnorm(6), ja = c(TRUE, FALSE, NA, TRUE, TRUE, FALSE))
write.xlsx(data, "openxlsx.xlsx", sheetName = "Ark 1")
read <- as.data.frame(readxl::read_excel("openxlsx.xlsx"))
say <- function(x) {
  if (inherits(x, "POSIXct")) {
    text <- format(x, "%Y-%m-%dT%H:%M:%S", tz = "UTC")
    ifelse(is.na(x), "null", paste0('"', sub("T00:00:00$", "", text), '"'))
  } else if (is.character(x)) ifelse(is.na(x), "null", paste0('"', x, '"'))
  else ifelse(is.na(x), "null", format(as.numeric(x), digits = 17, trim = TRUE))
}
columns <- sapply(names(read), function(name) paste0('"', name, '": [', paste(sapply(seq_len(nrow(read)), function(i) trimws(say(read[[name]][i]))), collapse = ", "), "]"))
writeLines(paste0("{", paste(columns, collapse = ", "), "}"), "openxlsx.json")
"""
subprocess.run(["Rscript", "-e", R], check=True)
told = {
    "openpyxl.xlsx": by_pandas("openpyxl.xlsx", "Data", 2, "openpyxl"),
    "openpyxl-1904.xlsx": by_pandas("openpyxl-1904.xlsx", "Data", 2, "openpyxl"),
    "xlsxwriter.xlsx": by_pandas("xlsxwriter.xlsx", "Data", 0, "openpyxl"),
    "xlwt.xls": by_pandas("xlwt.xls", "Data", 0, "xlrd"),
    "odfdo.ods": by_calamine("odfdo.ods", "Data"),
    "openxlsx.xlsx": json.load(open("openxlsx.json")),
}
# A second opinion.
for path in ["xlsxwriter.xlsx", "xlwt.xls"]:
    other = by_calamine(path, "Data")
    for name, column in told[path].items():
        differ = [(a, b) for a, b in zip(column, other[name]) if a != b and not str(a).startswith("#")]
        if differ:
            print(path, name, differ[:3])
json.dump(told, open("excel.json", "w"), ensure_ascii=False, indent=None)
subprocess.run(["rm", "openxlsx.json"], check=True)

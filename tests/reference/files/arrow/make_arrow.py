"""Arrow and Parquet files by pandas, pyarrow and polars with the labels that programs keep beside the columns.

Run in this folder; needs pandas, pyarrow, polars, pyreadstat and R (base only: its arrow package writes the
serialisation that is made here by hand into the schema's metadata under "r").
"""
import datetime as dt
import json
import subprocess

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet
import pyreadstat

frame = pd.DataFrame({
    "svar": [1.0, 2.0, None, 9.0, 1.0, 2.0],
    "antal": pd.array([3, 2**60, 5, 6, 7, None], dtype="Int64"),
    "navn": ["æ", None, "c", "d", "e", ""],
    "dag": pd.to_datetime(["2020-01-01", "2020-02-29", None, "1999-12-31", "2016-03-01 12:30:00.5", "1900-01-01"], format="ISO8601"),
    "ja": [True, False, True, True, False, True],
    "region": pd.Categorical(["Nord", "Syd", "Nord", None, "Syd", "Nord"]),
})
columns = {
    "svar": [1, 2, None, 9, 1, 2],
    "antal": ["3", str(2**60), "5", "6", "7", None],
    "navn": ["æ", None, "c", "d", "e", None],
    "dag": ["2020-01-01T00:00:00", "2020-02-29T00:00:00", None, "1999-12-31T00:00:00", "2016-03-01T12:30:00.5", "1900-01-01T00:00:00"],
    "ja": [1, 0, 1, 1, 0, 1],
    "region": ["Nord", "Syd", "Nord", None, "Syd", "Nord"],
}
for compression in ["uncompressed", "lz4", "zstd"]:
    frame.to_feather(f"pandas-{compression}.arrow", compression=compression)

# Batches of a dictionary, of views and of a list among them.
pl.DataFrame({
    "svar": [1, 2, None, 9, 1, 2],
    "navn": ["æ", None, "c", "d" * 20, "e", ""],
    "dag": [dt.date(2020, 1, 1), dt.date(2020, 2, 29), None, dt.date(1999, 12, 31), dt.date(2016, 3, 1), dt.date(1900, 1, 1)],
    "liste": [[1], [2, 3], None, [], [4], [5]],
}).write_ipc("polars.arrow", compression="zstd")
polars_columns = {
    "svar": [1, 2, None, 9, 1, 2],
    "navn": ["æ", None, "c", "d" * 20, "e", None],
    "dag": ["2020-01-01", "2020-02-29", None, "1999-12-31", "2016-03-01", "1900-01-01"],
}

# What people keep of pyreadstat's metadata in pandas' attrs.
pyreadstat.write_sav(
    frame[["svar", "navn"]].fillna({"navn": ""}), "made.sav", file_label="En undersøgelse",
    column_labels={"svar": "Hvor enig?", "navn": "Navn"},
    variable_value_labels={"svar": {1: "Enig", 2: "Uenig", 9: "Ved ikke"}},
    missing_ranges={"svar": [{"lo": 9, "hi": 9}]}, variable_measure={"svar": "ordinal", "navn": "nominal"})
read, meta = pyreadstat.read_sav("made.sav", user_missing=True)
read.attrs = {
    key: getattr(meta, key)
    for key in ["column_names_to_labels", "variable_value_labels", "missing_ranges", "variable_measure", "file_label"]
}
read.to_parquet("attrs.parquet")
read.to_feather("attrs.arrow")

# haven's attributes as R's arrow package keeps them.
R = """
x <- list(attributes = list(class = c("tbl_df", "tbl", "data.frame")), columns = list(
  svar = list(attributes = list(label = "Hvor enig? \\u00e6\\u00f8\\u00e5 \\"x\\"", labels = c(Enig = 1, Uenig = 2, "Ved ikke" = 9),
    na_values = 9, na_range = c(90, 99), format.spss = "F8.0", class = c("haven_labelled_spss", "haven_labelled")), columns = NULL),
  navn = NULL,
  by = list(attributes = list(label = "By", labels = c("K\\u00f8benhavn" = "a")), columns = NULL),
  nr = list(attributes = list(label = "Nummer", row = 1:3, sym = quote(a), more = quote(a)), columns = NULL)))
cat(rawToChar(serialize(x, NULL, ascii = TRUE)), file = "r.txt")
long <- serialize(memCompress(serialize(x, NULL, ascii = TRUE), type = "gzip"), NULL, ascii = TRUE)
cat(rawToChar(long), file = "r-long.txt")
"""
subprocess.run(["Rscript", "-e", R], check=True)
table = pa.table({"svar": [1.0, 2.0, 9.0], "navn": ["a", "b", "c"], "by": ["a", "b", "a"], "nr": [1, 2, 3]})
for name, text in [("r", "r.txt"), ("r-long", "r-long.txt")]:
    noted = table.replace_schema_metadata({"r": open(text).read()})
    pa.parquet.write_table(noted, f"{name}.parquet")
pa.feather.write_feather(table.replace_schema_metadata({"r": open("r.txt").read()}), "r.arrow")

# Labels of fields, as converters write them.
schema = pa.schema(
    [pa.field("svar", pa.float64(), metadata={"label": "Hvor enig?"}), pa.field("navn", pa.string())],
    metadata={"table_label": "En undersøgelse"})
pa.parquet.write_table(pa.table({"svar": [1.0, 2.0], "navn": ["a", "b"]}, schema=schema), "fields.parquet")
subprocess.run(["rm", "made.sav", "r.txt", "r-long.txt"], check=True)
json.dump({"pandas": columns, "polars": polars_columns}, open("arrow.json", "w"), ensure_ascii=False)

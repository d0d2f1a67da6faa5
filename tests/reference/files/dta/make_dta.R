# Makes the .dta files of R (haven, foreign, readstata13) and haven's report of its own: Rscript make_dta.R
# Needs R with haven 2.5, foreign, readstata13 0.10 and jsonlite. Run before make_dta.py.
library(haven)
library(jsonlite)

# haven: tagged missings with and without labels, dates, partial labels.
data <- data.frame(
  koen = labelled(c(1, 2, tagged_na("a"), tagged_na("b"), NA, 2, 1, tagged_na("z")),
    c("Mand" = 1, "Kvinde" = 2, "Ved ikke" = tagged_na("a"), "Ubesvaret" = tagged_na("b"), "Aldrig spurgt" = tagged_na("m")),
    label = "Respondentens køn"),
  alder = labelled(c(17, 30, 41, 52, 63, 74, tagged_na("c"), 999), c("Meget gammel" = 999), label = "Alder"),
  vaegt = c(0.1, 1.5, NA, 2.25, 1e-300, -1e300, tagged_na("d"), 3),
  by = c("Århus", "", "Ærø", "  foran", "Nørre Åby", "x", NA, "tom"),
  dato = as.Date(c("1959-12-31", "1960-01-01", "2016-02-29", NA, "2024-11-20", "1900-01-01", "2100-12-31", "1970-01-01")),
  tid = as.POSIXct(c("2016-02-29 12:30:15", NA, "1960-01-01 00:00:00", "1959-12-31 23:59:59", "2024-11-20 00:00:01",
    "1970-01-01 00:00:00", "2038-01-19 03:14:07", "2000-01-01 12:00:00"), tz = "UTC"),
  heltal = as.integer(c(1, -5, NA, 32740, 100000, 2147483620, 0, 7))
)
attr(data$vaegt, "label") <- "Vægt"
attr(data$heltal, "format.stata") <- "%10.0f"
for (version in c(8, 10, 12, 13, 14, 15)) {
  write_dta(data, sprintf("haven-%d.dta", version), version = version, label = "Prøve fra haven", strl_threshold = 2045)
}
# Long texts, as strL.
long <- data.frame(nr = 1:5, tekst = c(strrep("Rødgrød med fløde. ", 150), "", "kort", strrep("y", 3000), "æ"))
write_dta(long, "haven-strl-14.dta", version = 14, label = "Lange svar", strl_threshold = 10)
write_dta(long, "haven-strl-13.dta", version = 13, label = "Lange svar", strl_threshold = 10)

code <- function(x) {
  if (is.character(x)) return(if (is.na(x) || x == "") NULL else sub(" +$", "", x))
  if (inherits(x, "POSIXct")) return(if (is.na(x)) NULL else format(x, "%Y-%m-%dT%H:%M:%S", tz = "UTC"))
  if (inherits(x, "Date")) return(if (is.na(x)) NULL else format(x, "%Y-%m-%d"))
  if (is.na(x)) {
    tag <- na_tag(as.double(x))
    return(if (is.na(tag)) NULL else paste0(".", tag))
  }
  as.double(x)
}
cells <- function(column) {
  plain <- if (inherits(column, "haven_labelled")) as.vector(zap_labels(column, preserve_attributes = FALSE)) else column
  if (inherits(column, "haven_labelled")) plain <- unclass(column)
  lapply(seq_along(plain), function(i) code(plain[i]))
}
report <- function(file) {
  # haven writes UTF-8 into releases that do not say their encoding.
  data <- read_dta(file, encoding = if (grepl("-(8|10|12|13)\\.", file)) "UTF-8")
  list(
    rows = nrow(data),
    title = if (is.null(attr(data, "label"))) "" else attr(data, "label"),
    variables = lapply(names(data), function(name) {
      column <- data[[name]]
      labels <- attr(column, "labels")
      list(
        name = name,
        label = if (is.null(attr(column, "label"))) "" else attr(column, "label"),
        format = if (is.null(attr(column, "format.stata"))) "" else attr(column, "format.stata"),
        labels = lapply(seq_along(labels), function(i) list(code(as.vector(labels)[i]), names(labels)[i])),
        cells = cells(column)
      )
    })
  )
}
files <- list.files(pattern = "^haven-.*dta$")
writeLines(
  toJSON(setNames(lapply(files, report), files), auto_unbox = TRUE, null = "null", na = "null", digits = I(17)),
  "haven.json"
)

# foreign and readstata13: the releases before 113, which haven does not write.
old <- data.frame(
  svar = factor(c("Ja", "Nej", "Ja", NA, "Ved ikke", "Nej"), levels = c("Ja", "Nej", "Ved ikke")),
  lille = as.integer(c(1, 2, -3, NA, 126, 0)),
  stor = as.integer(c(1, 40000, -70000, NA, 2147483, 0)),
  maal = c(0.1, 1.5, NA, -2.25, 1e10, 3),
  by = c("Aarhus", "Odense", "Vejle", "Ribe", "Skagen", "x")
)
for (version in c(6, 7, 8, 10)) {
  foreign::write.dta(old, sprintf("foreign-%d.dta", version), version = version)
}
for (version in c(104, 105, 108, 110, 111, 113, 114, 115, 117, 118, 119)) {
  attr(old, "var.labels") <- c("Svar", "Lille tal", "Stort tal", "Et maal", "By")
  suppressWarnings(readstata13::save.dta13(old, sprintf("readstata13-%d.dta", version),
    data.label = "Fra readstata13", version = version, compress = TRUE))
}

# Files of haven for readers_xpt, with tagged missings: Rscript make_xpt.R, then python3 make_xpt.py.
library(haven)
table <- data.frame(id = 1:7)
table$status <- labelled(c(1, 2, tagged_na("A"), tagged_na("Z"), NA, 0, -7.25), label = "Status of the workplace")
table$name <- c("one", "", "three  blanks", "four", "f\u00f8rste", "six", "")
attr(table$name, "label") <- "Navn p\u00e5 arbejdspladsen"
table$day <- as.Date(c("2016-03-01", "2000-02-29", NA, "1959-12-31", "1960-01-01", "1582-10-15", "2099-12-31"))
table$moment <- as.POSIXct(c("2016-03-01 12:30:00", "1959-12-31 23:59:59", NA, "2000-02-29 00:00:00",
                             "1960-01-01 00:00:00", "1999-01-01 06:00:00", "2030-06-15 18:45:30"), tz = "UTC")
table$number <- c(0.1, 1 / 3, pi, -1e-30, 1e30, NA, 123456.789)
write_xpt(table, "haven5.xpt", version = 5, name = "HAVEN5", label = "Written by haven")
names(table)[2] <- "status_of_the_workplace_in_2016"
attr(table[[2]], "label") <- "A label of more than forty signs, which version 5 of the format cannot hold"
write_xpt(table, "haven8.xpt", version = 8, name = "HAVEN8", label = "Written by haven")
# What haven itself reports of tags, for make_xpt.py.
for (file in c("haven5.xpt", "haven8.xpt")) {
  back <- read_xpt(file)
  writeLines(ifelse(is.na(na_tag(back[[2]])), "", paste0(".", tolower(na_tag(back[[2]])))), paste0(file, ".tags"))
}

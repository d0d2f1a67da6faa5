# Odd cases: missing and not-asked answers, don't-knows kept and dropped, subgroups, strata crossed, clusters within
# strata, weights that are zero or missing. Usage: Rscript odd_cases.R, in this folder.
suppressMessages({library(survey); library(jsonlite)}); options(survey.lonely.psu="adjust", digits=15)
d <- read.csv("odd_cases.csv")
d$kept <- ifelse(d$q %in% 9, NA, d$q)          # 9: not asked, 8: don't know
d$dropped <- ifelse(d$q %in% c(8, 9), NA, d$q)
d$cell <- with(d, interaction(reg, siz))
designs <- list(
  simple=svydesign(~1, weights=~1, data=d),
  weights=svydesign(~1, weights=~w, data=d),
  strata=svydesign(~1, strata=~reg, weights=~w, data=d),
  crossed=svydesign(~1, strata=~cell, weights=~w, fpc=~N, data=d),
  clusters=svydesign(~klynge, weights=~w, data=d, nest=TRUE),
  clusters_in_strata=svydesign(~klynge, strata=~reg, weights=~w, fpc=~NP, data=d),
  clusters_in_cells=svydesign(~klynge, strata=~cell, weights=~w, data=d, nest=TRUE),
  zero_weights=svydesign(~1, strata=~reg, weights=~w0, data=d),
  missing_weights=svydesign(~1, strata=~reg, weights=~wna, data=d[!is.na(d$wna),]))
row <- function(m, i, ci, d) list(estimate=unname(coef(m)[i]), std_error=unname(as.vector(SE(m))[i]), low=ci[1], high=ci[2],
  df=degf(d), n=sum(weights(d, "sampling") > 0), n_weighted=sum(weights(d, "sampling")))
share <- function(d, f, method="logit", level=.95) {
  d <- d[!is.na(d$variables[[all.vars(f)[1]]]),]
  ci <- unname(attr(svyciprop(f, d, method=method, level=level, df=degf(d)), "ci"))
  m <- svymean(f, d); row(m, length(coef(m)), ci, d)
}
out <- list()
for (name in names(designs)) {
  D <- designs[[name]]; v <- D$variables; put <- function(case, value) out[[name]][[case]] <<- value
  put("kept", share(D, ~I(kept==1))); put("dropped", share(D, ~I(dropped==1)))
  for (g in c("a", "b", "\u00e6\u00f8")) put(paste0("by ", g), share(D[v$g==g,], ~I(kept==1)))
  put("where", share(D[which(v$x>=50 & !(v$reg %in% c(2,3))),], ~I(kept==2)))
  put("or", share(D[which((v$x<40 | v$x>60) & v$g!="a"),], ~I(kept==2)))
  x <- D[!is.na(v$x),]; m <- svymean(~x, x); put("mean", row(m, 1, as.vector(confint(m, df=degf(x))), x))
  put("wald", share(D, ~I(kept==1), "mean", .9))
  # R counts respondents with a zero weight into the n of this interval, Isobar does not.
  if (name != "zero_weights") put("beta", share(D, ~I(kept==1), "beta", .9))
}
out$survey_version <- as.character(packageVersion("survey"))
write(toJSON(out, digits=NA, auto_unbox=TRUE, pretty=TRUE), "odd_cases.json")

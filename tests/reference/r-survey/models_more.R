# Regressions with replicate weights (BRR, Fay, JK1, JKn, bootstrap), post-stratified, raked and trimmed weights, and
# lonely strata, with R's survey package (4.1.1), for tests/suite/models.rs. Designs and data are those of more_cases.json.
# Usage: Rscript models_more.R OUTDIR   (after make_more_cases.R and models.R)
suppressMessages({library(survey); library(jsonlite)})
out <- commandArgs(TRUE)[1]
options(digits = 15)
tight <- glm.control(epsilon = 1e-15, maxit = 100)
f <- function(v) as.formula(paste0("~", paste0("`", unlist(v), "`", collapse = "+")))
read <- function(file) read.csv(file.path(out, file), stringsAsFactors = FALSE, na.strings = "")

# A design as it stands in more_cases.json.
design <- function(file, told) {
  options(survey.lonely.psu = told$lonely)
  d <- read(file)
  if (!is.null(told$weight)) d <- d[!is.na(d[[told$weight]]), ]
  r <- told$replicates
  des <- if (!is.null(r)) svrepdesign(data = d, weights = f(told$weight), repweights = d[grep(paste0("^", r$prefix, "[0-9]+$"), names(d))],
      combined.weights = TRUE, type = c(brr = "BRR", fay = "Fay", jk1 = "JK1", jkn = "JKn", bootstrap = "bootstrap")[[r$kind]], rho = r$rho,
      scale = if (r$kind == "jk1" && is.null(r$scale)) { k <- length(grep(paste0("^", r$prefix, "[0-9]+$"), names(d))); (k - 1) / k } else r$scale,
      rscales = if (!is.null(r$constants)) unlist(r$constants) else if (r$kind %in% c("jk1", "bootstrap"))
        rep(1, length(grep(paste0("^", r$prefix, "[0-9]+$"), names(d)))) else NULL)
    else svydesign(id = if (is.null(told$cluster)) ~1 else f(told$cluster), strata = if (length(told$strata)) f(told$strata) else NULL,
      fpc = if (is.null(told$population)) NULL else f(told$population), weights = f(told$weight), nest = TRUE, data = d)
  if (length(told$margins)) {
    tables <- lapply(told$margins, function(m) {
      cells <- do.call(rbind, lapply(m$cells, function(c) as.data.frame(c(setNames(lapply(c[[1]], as.character), unlist(m$vars)), list(Freq = c[[2]])))))
      cells
    })
    vars <- lapply(told$margins, function(m) f(m$vars))
    des <- if (length(tables) == 1) postStratify(des, vars[[1]], tables[[1]]) else rake(des, vars, tables, control = list(maxit = 1000, epsilon = 1e-13))
  }
  if (!is.null(told$trim)) des <- trimWeights(des, lower = told$trim[[1]], upper = told$trim[[2]], strict = TRUE)
  des
}

cases <- list()
# `terms` and `where` are Isobar's words, `rhs` and `subset` R's.
model <- function(name, file, told, y, outcome, rhs, terms, where = NULL, subset = NULL) {
  d <- design(file, told)
  if (!is.null(subset)) { keep <- eval(parse(text = subset), d$variables); d <- subset(d, keep & !is.na(keep)) }
  logistic <- grepl("=", outcome); fam <<- if (logistic) quasibinomial() else gaussian()
  formula <- as.formula(paste(y, "~", rhs))
  g <- suppressWarnings(eval(bquote(svyglm(.(formula), design = d, family = fam, control = tight))))
  # R's errors are from the step before the last: once more from where it ended.
  from <<- coef(g)
  g <- suppressWarnings(eval(bquote(svyglm(.(formula), design = d, family = fam, control = tight, start = from))))
  s <- summary(g)$coefficients
  tests <- lapply(attr(terms(g), "term.labels"), function(l) { r <- regTermTest(g, as.formula(paste("~", l)))
    list(term = l, F = as.vector(r$Ftest), ndf = r$df, ddf = r$ddf, p = as.vector(r$p)) })
  full <- g$survey.design; w <- weights(full, "sampling")
  used <- complete.cases(full$variables[, all.vars(formula)]) & w > 0
  cases[[length(cases) + 1]] <<- list(name = paste(name, outcome, "by", rhs), file = file, design = told, outcome = outcome, terms = terms, where = where,
    n = sum(used), df_residual = g$df.residual, tests = tests,
    coefficients = lapply(seq_along(coef(g)), function(i) list(term = names(coef(g))[i], estimate = s[i, 1], se = s[i, 2], t = s[i, 3],
      p = if (g$df.residual > 0) s[i, 4] else NULL)))
}

told <- fromJSON(file.path(out, "more_cases.json"), simplifyVector = FALSE)$cases
keys <- sapply(told, function(c) paste(c$file, toJSON(c$design, auto_unbox = TRUE)))
for (c in told[!duplicated(keys)]) {
  t <- c$design; name <- sub(".csv", "", c$file); r <- t$replicates
  kind <- paste(c(name, if (!is.null(r)) r$kind, if (length(t$margins)) paste0(length(t$margins), " margins"), if (!is.null(t$trim)) "trimmed"), collapse = " ")
  if (is.null(r) && !length(t$margins)) next
  if (name == "scd") next
  if (grepl("nhanes", name)) {
    model(kind, c$file, t, "I(chol==1)", "chol=1", "factor(race)", "factor(race)", "race <= 2", "race <= 2")
    model(kind, c$file, t, "I(chol==1)", "chol=1", "age+factor(sex)", "age,factor(sex)", "age >= 2", "age >= 2")
    model(kind, c$file, t, "age", "age", "factor(race)*sex", "factor(race)*sex")
  } else if (grepl("clus", name)) {
    model(kind, c$file, t, "I(both==1)", "both=1", "meals+stype", "meals,stype")
    model(kind, c$file, t, "I(comp==1)", "comp=1", "enroll", "enroll", "not stype = \"H\"", "stype != 'H'")
    model(kind, c$file, t, "api00", "api00", "meals*wide+stype", "meals*wide,stype")
  } else {
    model(kind, c$file, t, "I(comp==1)", "comp=1", "api99", "api99")
    model(kind, c$file, t, "I(awards==1)", "awards=1", "enroll", "enroll", "api00 > 500", "api00 > 500")
    model(kind, c$file, t, "api00", "api00", "stype*enroll+yr", "stype*enroll,yr")
  }
}
for (lonely in c("adjust", "remove", "average")) {
  schools <- list(weight = "pw", strata = list("cnum"), lonely = lonely)
  model(paste("schools, lonely counties:", lonely), "apistrat.csv", schools, "I(awards=='Yes')", "awards=Yes", "stype+ell", "stype,ell")
  model(paste("schools, lonely counties:", lonely), "apistrat.csv", schools, "api00", "api00", "stype*meals", "stype*meals")
  model(paste("schools, lonely counties:", lonely), "apistrat.csv", schools, "I(sch.wide=='Yes')", "sch.wide=Yes", "mobility", "mobility", "stype = \"E\"", "stype == 'E'")
  made <- list(weight = "w", strata = list("h"), population = "N", lonely = lonely)
  model(paste("made, lonely strata:", lonely), "made.csv", made, "I(y==1)", "y=1", "factor(g)", "factor(g)", "g <= 2", "g <= 2")
  districts <- list(weight = "w", strata = list("h"), population = "M", cluster = "k", lonely = lonely)
  model(paste("made, lonely clusters:", lonely), "made.csv", districts, "y", "y", "factor(g)", "factor(g)", "g <= 2", "g <= 2")
}
write(toJSON(list(survey_version = as.character(packageVersion("survey")), cases = cases), digits = NA, auto_unbox = TRUE, null = "null", na = "null"),
  file.path(out, "models_more.json"))
cat("cases:", length(cases), "\n")

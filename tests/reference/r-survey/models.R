# Regressions with R's survey package, for tests/suite/models.rs.
# Usage: Rscript models.R OUTDIR   (writes models.json and the models-*.csv that are not there yet)
suppressMessages({library(survey); library(jsonlite)})
out <- commandArgs(TRUE)[1]
options(survey.lonely.psu = "adjust", digits = 15)
# R stops where the deviance changes by 1e-8; the numbers here are at the end of the way.
tight <- glm.control(epsilon = 1e-15, maxit = 100)
data(api); data(nhanes); data(scd)
for (n in c("apistrat", "apiclus1")) for (v in names(get(n))) if (is.factor(get(n)[[v]])) {
  d <- get(n); d[[v]] <- as.character(d[[v]]); assign(n, d)
}
# Weights and replicates are written with all their digits.
csv <- function(d, name) {
  for (v in names(d)) if (is.numeric(d[[v]])) d[[v]] <- ifelse(is.na(d[[v]]), "", formatC(d[[v]], digits = 17, format = "g", width = 1))
  write.csv(d, file.path(out, name), row.names = FALSE, na = "")
}
apiclus1 <- apiclus1[, c("cds", "stype", "dnum", "api00", "api99", "target", "growth", "sch.wide", "comp.imp", "both", "awards",
  "meals", "ell", "mobility", "avg.ed", "full", "emer", "enroll", "fpc", "pw")]
jk <- as.svrepdesign(svydesign(id = ~dnum, weights = ~pw, data = apiclus1), type = "JK1")
jkw <- weights(jk, "analysis"); colnames(jkw) <- paste0("jk", seq_len(ncol(jkw)))
apiclus1 <- cbind(apiclus1, jkw)
csv(apiclus1, "models-apiclus1.csv")
nhanes$race <- factor(nhanes$race); nhanes$RIAGENDR <- factor(nhanes$RIAGENDR)
nhanes$agecat <- as.character(nhanes$agecat); nhanes$HI_CHOL <- factor(nhanes$HI_CHOL)
# Every third respondent of each sampling unit: as hard, a third of the size.
nhanes <- nhanes[seq(1, nrow(nhanes), 3), ]
csv(transform(nhanes, race = as.numeric(as.character(race)), RIAGENDR = as.numeric(as.character(RIAGENDR)),
  HI_CHOL = as.numeric(as.character(HI_CHOL))), "models-nhanes.csv")

S <- function(f) as.formula(f)
designs <- list(
  strat_fpc = list(d = svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat),
    is = list(file = "apistrat.csv", weight = "pw", strata = "stype", population = "fpc")),
  strat = list(d = svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat),
    is = list(file = "apistrat.csv", weight = "pw", strata = "stype")),
  weights = list(d = svydesign(id = ~1, weights = ~pw, data = apistrat), is = list(file = "apistrat.csv", weight = "pw")),
  simple = list(d = svydesign(id = ~1, weights = rep(1, nrow(apistrat)), data = apistrat), is = list(file = "apistrat.csv")),
  lonely = list(d = svydesign(id = ~1, strata = ~cnum, weights = ~pw, data = apistrat),
    is = list(file = "apistrat.csv", weight = "pw", strata = "cnum")),
  clus_fpc = list(d = svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1),
    is = list(file = "models-apiclus1.csv", weight = "pw", cluster = "dnum", population = "fpc")),
  clus = list(d = svydesign(id = ~dnum, weights = ~pw, data = apiclus1),
    is = list(file = "models-apiclus1.csv", weight = "pw", cluster = "dnum")),
  clus_jk1 = list(d = svrepdesign(weights = ~pw, repweights = jkw, type = "JK1", combined.weights = TRUE, data = apiclus1,
      scale = (ncol(jkw) - 1) / ncol(jkw), rscales = rep(1, ncol(jkw)), mse = FALSE),
    is = list(file = "models-apiclus1.csv", weight = "pw", replicates = "jk")),
  post = list(d = postStratify(svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1), ~stype,
      data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))),
    is = list(file = "models-apiclus1.csv", weight = "pw", cluster = "dnum", population = "fpc", post = list(var = "stype", counts = list(E = 4421, H = 755, M = 1018)))),
  nhanes = list(d = svydesign(id = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = nhanes),
    is = list(file = "models-nhanes.csv", weight = "WTMEC2YR", strata = "SDMVSTRA", cluster = "SDMVPSU")))

cases <- list()
# `outcome` and `where` are Isobar's words, `y` and `subset` R's. `margins`: a variable of the formula, `at` its values where it is numeric.
model <- function(design, y, outcome, rhs, terms = rhs, family = "logistic", where = NULL, subset = NULL, margins = NULL, at = NULL,
                  reference = NULL, effects = NULL) {
  d <- designs[[design]]$d
  if (!is.null(reference)) for (v in names(reference)) {
    f <- relevel(factor(d$variables[[v]]), ref = reference[[v]]); d$variables[[v]] <- f
  }
  if (!is.null(subset)) d <- eval(bquote(subset(d, .(parse(text = subset)[[1]]))))
  fam <<- if (family == "logistic") quasibinomial() else gaussian()
  formula <- as.formula(paste(y, "~", rhs))
  g <- suppressWarnings(eval(bquote(svyglm(.(formula), design = d, family = fam, control = tight))))
  # R's errors are from the step before the last: once more from where it ended.
  from <<- coef(g)
  if (!anyNA(from)) g <- suppressWarnings(eval(bquote(svyglm(.(formula), design = d, family = fam, control = tight, start = from))))
  s <- summary(g)$coefficients
  ok <- !is.na(coef(g))
  labels <- attr(terms(g), "term.labels")
  tests <- lapply(labels, function(l) {
    r <- try(regTermTest(g, as.formula(paste("~", l))), silent = TRUE)
    if (inherits(r, "try-error")) return(NULL)
    list(term = l, F = as.vector(r$Ftest), ndf = r$df, ddf = r$ddf, p = as.vector(r$p))
  })
  mf <- model.frame(g)
  n <- nrow(mf)
  tt <- delete.response(terms(g))
  b <- coef(g)[ok]; V <- vcov(g); if (nrow(V) > sum(ok)) V <- V[ok, ok]
  xl <- g$xlevels
  X <- function(frame) model.matrix(tt, frame, xlev = xl)[, ok, drop = FALSE]
  full <- g$survey.design; full <- full[weights(full, "sampling") != 0, ]
  # A calibrated design keeps the rows that are out, with a weight of 0.
  W <- weights(full, "sampling")
  frame <- full$variables[, all.vars(tt), drop = FALSE]
  for (v in names(xl)) frame[[v]] <- factor(as.character(frame[[v]]), levels = xl[[v]])
  used <- complete.cases(frame) & !is.na(eval(formula[[2]], full$variables))
  frame <- frame[used, , drop = FALSE]; w <- W[used]
  stopifnot(length(w) == n)
  mu <- fam$linkinv; dmu <- fam$mu.eta
  ms <- list()
  if (!is.null(margins)) {
    values <- if (is.null(at)) xl[[margins]] else at
    for (v in values) {
      f <- frame
      f[[margins]] <- if (is.null(at)) factor(v, levels = xl[[margins]]) else v
      x <- X(f); eta <- as.vector(x %*% b)
      gr <- colSums(w * dmu(eta) * x) / sum(w)
      fixed <- as.vector(t(gr) %*% V %*% gr)
      full$variables$.fit <- NA; full$variables$.fit[used] <- mu(eta)
      sampled <- if (inherits(full, "survey.design2")) fixed + as.vector(SE(svymean(~.fit, full, na.rm = TRUE)))^2 else NA
      ms[[length(ms) + 1]] <- list(at = if (is.null(at)) v else as.character(v), estimate = sum(w * mu(eta)) / sum(w), se = sqrt(fixed),
        se_sampled = if (is.na(sampled)) NULL else sqrt(sampled))
    }
  }
  es <- list()
  for (v in effects) {
    mean_change <- function(b) if (v %in% names(xl)) {
      sapply(xl[[v]][-1], function(l) { hi <- lo <- frame; hi[[v]][] <- l; lo[[v]][] <- xl[[v]][1]
        sum(w * (mu(X(hi) %*% b) - mu(X(lo) %*% b))) / sum(w) })
    } else {
      h <- 1e-4 * sd(frame[[v]]); hi <- lo <- frame; hi[[v]] <- hi[[v]] + h; lo[[v]] <- lo[[v]] - h
      sum(w * (mu(X(hi) %*% b) - mu(X(lo) %*% b))) / sum(w) / (2 * h)
    }
    e <- mean_change(b)
    J <- sapply(seq_along(b), function(k) { s <- 1e-4 * sqrt(V[k, k]); up <- dn <- b; up[k] <- up[k] + s; dn[k] <- dn[k] - s
      (mean_change(up) - mean_change(dn)) / (2 * s) })
    J <- matrix(J, nrow = length(e))
    es[[length(es) + 1]] <- list(var = v, levels = if (v %in% names(xl)) as.list(xl[[v]][-1]) else NULL,
      estimate = as.list(unname(e)), se = as.list(unname(sqrt(diag(J %*% V %*% t(J))))))
  }
  cases[[length(cases) + 1]] <<- c(list(name = paste(design, outcome, "by", rhs, if (!is.null(where)) paste("where", where))), designs[[design]]$is,
    list(family = family, outcome = outcome, terms = terms, where = where, reference = reference, n = sum(w > 0),
      coefficients = lapply(unname(which(ok)), function(i) { r <- s[names(coef(g))[i], ]
        list(term = names(coef(g))[i], estimate = r[[1]], se = r[[2]], t = r[[3]], p = if (g$df.residual > 0) r[[4]] else NULL) }),
      dependent = as.list(names(coef(g))[!ok]), df_residual = g$df.residual, tests = Filter(Negate(is.null), tests), margins_of = margins,
      margins_at = at, margins = ms, effects = es))
}

yes <- function(v, l = "Yes") sprintf("I(%s=='%s')", v, l)
for (d in c("strat_fpc", "strat", "weights", "simple")) {
  model(d, yes("sch.wide"), "sch.wide=Yes", "ell+meals+stype", "ell,meals,stype", margins = "stype", effects = c("ell", "stype"))
  model(d, "api00", "api00", "ell+meals+stype", "ell,meals,stype", "linear", margins = "stype", effects = c("ell", "stype"))
  model(d, yes("awards"), "awards=Yes", "stype*ell", "stype*ell", margins = "ell", at = c(0, 10, 50), effects = c("ell", "stype"))
  model(d, "api00", "api00", "stype*awards+avg.ed", "stype*awards,avg.ed", "linear", margins = "awards", effects = c("awards", "avg.ed"))
}
model("strat_fpc", yes("awards"), "awards=Yes", "1", "")
model("strat_fpc", yes("awards"), "awards=Yes", "stype", "stype", margins = "stype")
model("strat_fpc", yes("awards"), "awards=Yes", "stype", "stype", margins = "stype", reference = list(stype = "M"))
model("strat_fpc", yes("sch.wide"), "sch.wide=Yes", "stype*comp.imp", "stype*comp.imp", where = "not stype = \"M\"", subset = "stype != 'M'", margins = "stype", effects = c("stype"))
model("strat_fpc", yes("awards"), "awards=Yes", "stype:ell", "stype:ell", effects = "ell")
model("strat_fpc", yes("awards"), "awards=Yes", "ell+stype:ell", "ell,stype:ell", effects = "ell")
model("strat_fpc", yes("both"), "both=Yes", "ell*meals+stype", "ell*meals,stype", margins = "meals", at = c(5, 40, 90), effects = c("ell", "meals"))
model("strat_fpc", yes("sch.wide"), "sch.wide=Yes", "ell+meals+mobility", "ell,meals,mobility", where = "stype = \"E\"", subset = "stype == 'E'", margins = "mobility", at = c(5, 30))
model("strat", yes("sch.wide"), "sch.wide=Yes", "mobility+avg.ed", "mobility,avg.ed", where = "enroll > 400", subset = "enroll > 400", effects = c("mobility", "avg.ed"))
model("strat_fpc", "growth", "growth", "acs.k3+meals", "acs.k3,meals", "linear")
model("strat_fpc", "api00", "api00", "api99", "api99", "linear", margins = "api99", at = c(500, 900))
model("lonely", yes("awards"), "awards=Yes", "stype+ell", "stype,ell")
model("lonely", "api00", "api00", "stype*meals", "stype*meals", "linear")
for (d in c("clus_fpc", "clus", "clus_jk1", "post")) {
  model(d, yes("awards"), "awards=Yes", "ell+meals+stype", "ell,meals,stype", margins = "stype", effects = c("ell", "stype"))
  model(d, "api00", "api00", "ell+meals+stype", "ell,meals,stype", "linear", margins = "stype", effects = "stype")
  model(d, yes("comp.imp"), "comp.imp=Yes", "ell*mobility", "ell*mobility", effects = "mobility")
  model(d, yes("sch.wide"), "sch.wide=Yes", "mobility", "mobility", where = "not stype = \"H\"", subset = "stype != 'H'", margins = "mobility", at = c(0, 20, 40))
}
model("clus_fpc", "api00", "api00", "stype*both+emer+full", "stype*both,emer,full", "linear", margins = "both")
chol <- "I(HI_CHOL=='1')"
model("nhanes", chol, "HI_CHOL=1", "race", "factor(race)", margins = "race")
model("nhanes", chol, "HI_CHOL=1", "race+agecat+RIAGENDR", "factor(race),agecat,factor(RIAGENDR)", margins = "race", effects = c("race", "agecat", "RIAGENDR"))
model("nhanes", chol, "HI_CHOL=1", "agecat*RIAGENDR", "agecat*factor(RIAGENDR)", margins = "agecat", effects = "RIAGENDR")
model("nhanes", chol, "HI_CHOL=1", "race*RIAGENDR+agecat", "factor(race)*factor(RIAGENDR),agecat", where = "not agecat = \"(0,19]\"", subset = "agecat != '(0,19]'", margins = "RIAGENDR")
model("nhanes", chol, "HI_CHOL=1", "agecat", "agecat", where = "race in (1, 2) and RIAGENDR = 1", subset = "race %in% c(1, 2) & RIAGENDR == 1", margins = "agecat")
model("nhanes", chol, "HI_CHOL=1", "race+agecat", "factor(race),agecat", where = "RIAGENDR = 2", subset = "RIAGENDR == 2", reference = list(race = "3"))

# The margins above are those of svypredmeans.
for (d in c("strat_fpc", "nhanes")) {
  design <- update(designs[[d]]$d, stype = factor(if (d == "nhanes") race else stype))
  g <- if (d == "nhanes") svyglm(I(HI_CHOL == "1") ~ agecat + RIAGENDR, design = subset(design, !is.na(HI_CHOL)), family = quasibinomial(), control = tight)
       else svyglm(I(sch.wide == "Yes") ~ ell + meals, design = design, family = quasibinomial(), control = tight)
  m <- svypredmeans(g, ~stype)
  name <- if (d == "nhanes") "nhanes HI_CHOL=1 by race+agecat+RIAGENDR " else "strat_fpc sch.wide=Yes by ell+meals+stype "
  mine <- Filter(function(c) c$name == name, cases)[[1]]$margins
  for (r in mine) stopifnot(abs(coef(m)[[r$at]] - r$estimate) < 1e-7, abs(sqrt(diag(vcov(m)))[match(r$at, names(coef(m)))] - r$se_sampled) < 1e-6)
}
write(toJSON(list(survey_version = as.character(packageVersion("survey")), cases = cases), digits = NA, auto_unbox = TRUE, pretty = TRUE, null = "null"),
  file.path(out, "models.json"))
cat("cases:", length(cases), "\n")

# Effects of boxes, percentages of answers and of everybody, and curves, of the sample survey with R's survey package,
# for tests/suite/effects/against_r.rs.
# Usage: Rscript effects.R SAMPLE_DATA_FOLDER OUTDIR   (writes effects.json)
suppressMessages({library(survey); library(jsonlite)})
arguments <- commandArgs(TRUE)
options(survey.lonely.psu = "adjust", digits = 15)
tight <- glm.control(epsilon = 1e-15, maxit = 100)
data <- read.csv2(file.path(arguments[1], "innovationsbarometer-2016.csv"), encoding = "UTF-8")
partners <- paste0("partner_", c("intern", "offentlig", "virksomheder", "borgere", "foreninger", "viden", "fonde", "udland"))
design <- svydesign(id = ~1, strata = ~stratum, weights = ~vaegt, fpc = ~stratum_pop, data = data)
asked <- data$innovativ == 1 & data$vaerdi_kvalitet %in% 0:1
any <- rowSums(data[partners] == 1) > 0

result <- list(effects = list(), percent = list(), curves = list())
delta <- function(model, at_one, at_zero = NULL) {
  w <- weights(model$survey.design); w <- w / sum(w)
  side <- function(new) {
    x <- model.matrix(delete.response(terms(model)), new, xlev = model$xlevels)
    p <- as.vector(plogis(x %*% coef(model)))
    list(value = sum(w * p), gradient = colSums(w * p * (1 - p) * x))
  }
  a <- side(at_one)
  b <- if (is.null(at_zero)) list(value = 0, gradient = 0) else side(at_zero)
  g <- a$gradient - b$gradient
  list(value = a$value - b$value, se = sqrt(as.numeric(t(g) %*% vcov(model) %*% g)))
}
for (against in c("none", "without")) for (partner in partners) {
  has <- data[[partner]] == 1
  compared <- asked & (has | if (against == "none") !any else TRUE)
  d <- subset(update(design, y = vaerdi_kvalitet == 1, box = factor(as.numeric(has), levels = 0:1),
    sektor_ = factor(sektor), stoerrelse_ = factor(stoerrelse)), compared)
  both <- svyby(~as.numeric(y), ~box, d, svymean, covmat = TRUE)
  contrast <- svycontrast(both, c(-1, 1))
  model <- svyglm(y ~ box + sektor_ + stoerrelse_, d, family = quasibinomial(), control = tight)
  frame <- model.frame(model)
  set <- function(level) { f <- frame; f$box <- factor(level, levels = 0:1); f }
  margin <- delta(model, set(1)); effect <- delta(model, set(1), set(0))
  df <- degf(d)
  result$effects[[length(result$effects) + 1]] <- list(against = against, box = partner,
    share = coef(both)[[2]], share_se = SE(both)[[2]], reference = coef(both)[[1]], reference_se = SE(both)[[1]],
    difference = coef(contrast)[[1]], se = SE(contrast)[[1]], df = df,
    p = 2 * pt(-abs(coef(contrast)[[1]] / SE(contrast)[[1]]), df), n = sum(compared & has),
    margin = margin$value, margin_se = margin$se, effect = effect$value, effect_se = effect$se,
    effect_df = df - length(coef(model)) + 1,
    effect_p = 2 * pt(-abs(effect$value / effect$se), df - length(coef(model)) + 1))
}
# Novelty by sector: of those who gave an answer, the share of each sector; and both, of everybody in the base.
base <- data$innovativ == 1 & data$nyhed %in% c(1, 2, 3, 9)
for (answer in c(1, 2, 3, 9)) for (sector in 1:3) {
  d <- update(design, here = as.numeric(sektor == sector), both = as.numeric(sektor == sector & nyhed == answer))
  of_answer <- subset(d, base & nyhed == answer)
  row <- svymean(~here, of_answer); total <- svymean(~both, subset(d, base))
  result$percent[[length(result$percent) + 1]] <- list(answer = answer, sector = sector,
    row = coef(row)[[1]], row_se = SE(row)[[1]], row_n = sum(base & data$nyhed == answer), row_df = degf(of_answer),
    total = coef(total)[[1]], total_se = SE(total)[[1]], total_n = sum(base))
}
# A curve over the months of development, one for each sector, with its interaction.
known <- asked & data$udviklingstid < 900
d <- subset(update(design, y = vaerdi_kvalitet == 1, sektor_ = factor(sektor), stoerrelse_ = factor(stoerrelse)), known)
model <- svyglm(y ~ udviklingstid * sektor_ + stoerrelse_, d, family = quasibinomial(), control = tight)
frame <- model.frame(model)
for (sector in 1:3) for (months in c(1, 12, 24)) {
  f <- frame; f$udviklingstid <- months; f$sektor_ <- factor(sector, levels = 1:3)
  point <- delta(model, f)
  result$curves[[length(result$curves) + 1]] <- list(sector = sector, months = months, value = point$value, se = point$se,
    df = degf(d) - length(coef(model)) + 1)
}
writeLines(toJSON(result, digits = NA, auto_unbox = TRUE, pretty = 1), file.path(arguments[2], "effects.json"))

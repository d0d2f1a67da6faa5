# Golden cases for networks of boxes, sets of them, batteries by their poles and profiles of actors, computed with R's survey
# package (4.1.1) over files that make_more_cases.R has written.
# Usage: Rscript make_ties.R OUTDIR
suppressMessages({library(survey); library(jsonlite)})
out <- commandArgs(TRUE)[1]
options(digits=15, warn=-1, survey.lonely.psu="adjust")
cases <- list()
num <- function(x) as.numeric(x)
f <- function(v) if (is.null(v)) NULL else as.formula(paste0("~", v))
file <- function(name) read.csv(file.path(out, paste0(name, ".csv")), stringsAsFactors=FALSE)

make <- function(name, weight=NULL, strata=NULL, population=NULL, cluster=NULL) {
  d <- file(name)
  svy <- svydesign(id=if (is.null(cluster)) ~1 else f(cluster), strata=f(strata), fpc=f(population), nest=TRUE,
    weights=if (is.null(weight)) ~rep(1, nrow(d)) else f(weight), data=d)
  list(file=name, svy=svy, json=list(weight=weight, strata=as.list(strata), population=population, cluster=cluster, lonely="adjust"))
}
jackknife <- function(name, weight) {
  d <- file(name)
  svy <- svrepdesign(data=d, weights=f(weight), repweights=d[grep("^r[0-9]+$", names(d))], combined.weights=TRUE, type="JK1",
    scale=(length(grep("^r[0-9]+$", names(d)))-1)/length(grep("^r[0-9]+$", names(d))))
  list(file=name, svy=svy, json=list(weight=weight, strata=list(), lonely="adjust", replicates=list(prefix="r", kind="jk1")))
}

# A share with its interval on the logit scale, as svyciprop has it; with replicate weights it, too, by the delta method.
share <- function(s, expr) {
  s$variables$y_ <- eval(parse(text=expr), s$variables)*1
  m <- svymean(~y_, s); p <- num(coef(m)); se <- num(SE(m)); df <- degf(s)
  r <- list(estimate=p, se=se, df=df)
  if (p > 0 && p < 1) {
    ci <- if (inherits(s, "svyrep.design")) plogis(qlogis(p) + c(-1, 1)*qt(.975, df)*se/(p*(1-p))) else
      num(confint(svyciprop(~y_, s, method="logit", df=df)))
    r$low <- ci[1]; r$high <- ci[2]
  }
  r
}

# Everything said of a pair of boxes among the respondents of s.
tie <- function(s, a, b) {
  s$variables$a_ <- s$variables[[a]]; s$variables$b_ <- s$variables[[b]]; s$variables$ab_ <- s$variables$a_*s$variables$b_
  r <- list(a=a, b=b, joint=share(s, "a_*b_"), b_given_a=share(subset(s, a_ == 1), "b_"), a_given_b=share(subset(s, b_ == 1), "a_"))
  if (r$joint$estimate > 0) {
    q <- qt(.975, degf(s))
    if (inherits(s, "svyrep.design")) {
      # The logarithm of the lift in every replicate.
      lift <- withReplicates(s, function(w, d) log(sum(w*d$ab_)*sum(w)/(sum(w*d$a_)*sum(w*d$b_))))
      l <- exp(num(coef(lift))); v <- num(SE(lift))
    } else {
      m <- svymean(~a_+b_+ab_, s)
      l <- num(coef(svycontrast(m, quote(ab_/(a_*b_))))); v <- num(SE(svycontrast(m, quote(log(ab_)-log(a_)-log(b_)))))
    }
    r$lift <- list(estimate=l, se=l*v, low=l*exp(-q*v), high=l*exp(q*v))
  }
  r$p <- num(svychisq(~a_+b_, s, statistic="F")$p.value)
  r
}

network <- function(name, d, boxes, by=NULL) {
  pairs <- combn(boxes, 2, simplify=FALSE)
  groups <- if (is.null(by)) list(NULL) else sort(unique(d$svy$variables[[by]]))
  ties <- list()
  for (g in groups) {
    d$svy$variables$in_ <- if (is.null(g)) TRUE else d$svy$variables[[by]] == g
    s <- if (is.null(g)) d$svy else subset(d$svy, in_)
    found <- lapply(pairs, function(p) tie(s, p[1], p[2]))
    adjusted <- p.adjust(sapply(found, function(t) t$p), "BH")
    for (i in seq_along(found)) ties[[length(ties)+1]] <- c(found[[i]], list(p_adjusted=adjusted[i], group=g))
  }
  case <- list(name=name, file=d$file, design=d$json, boxes=as.list(boxes), by=by, ties=ties)
  if (length(groups) == 2) {
    s <- d$svy; s$variables$in_ <- s$variables[[by]] %in% groups; s <- subset(s, in_)
    differences <- lapply(pairs, function(p) {
      s$variables$ab_ <- s$variables[[p[1]]]*s$variables[[p[2]]]
      m <- svyby(~ab_, f(by), s, svymean, covmat=TRUE)
      contrast <- svycontrast(m, c(1, -1)); t <- num(coef(contrast))/num(SE(contrast))
      list(a=p[1], b=p[2], estimate=num(coef(contrast)), se=num(SE(contrast)), df=degf(s), p=2*pt(-abs(t), degf(s)))
    })
    adjusted <- p.adjust(sapply(differences, function(x) x$p), "BH")
    case$differences <- lapply(seq_along(differences), function(i) c(differences[[i]], list(p_adjusted=adjusted[i])))
  }
  cases[[length(cases)+1]] <<- case[!sapply(case, is.null)]
}

# Every set of boxes that occurs: with exactly these, with at least these; then one box or several.
sets <- function(name, d, boxes) {
  x <- d$svy$variables[boxes]
  chosen <- unique(apply(x, 1, function(r) paste(boxes[r == 1], collapse="+")))
  found <- lapply(chosen, function(set) {
    of <- if (set == "") character(0) else strsplit(set, "+", fixed=TRUE)[[1]]
    with <- if (length(of)) paste0("(", paste0(of, "==1", collapse=" & "), ")") else "TRUE"
    without <- setdiff(boxes, of)
    only <- if (length(without)) paste0("(", paste0(without, "==0", collapse=" & "), ")") else "TRUE"
    r <- list(id=if (set == "") "none" else set, exactly=share(d$svy, paste(with, "&", only)))
    if (length(of)) r$at_least <- share(d$svy, with)
    r
  })
  count <- paste(boxes, collapse="+")
  composition <- list(one=share(d$svy, paste(count, "== 1")), several=share(d$svy, paste(count, "> 1")))
  for (n in 2:max(rowSums(x))) composition[[as.character(n)]] <- share(d$svy, paste(count, "==", n))
  for (b in boxes) composition[[b]] <- share(d$svy, paste(count, "== 1 &", b, "== 1"))
  cases[[length(cases)+1]] <<- list(name=name, file=d$file, design=d$json, boxes=as.list(boxes), sets=found, composition=composition)
}

# A scale with codes of two poles; the net is the mean of a score of -1, 0 and 1. Dropped codes leave the base.
poles <- function(name, d, item, negative, positive, drop=NULL, by=NULL) {
  s <- d$svy; s$variables$x_ <- s$variables[[item]]
  s$variables$in_ <- !is.na(s$variables$x_) & !(s$variables$x_ %in% drop)
  s <- subset(s, in_)
  groups <- if (is.null(by)) list(NULL) else sort(unique(s$variables[[by]]))
  rows <- list()
  for (g in groups) {
    s$variables$g_ <- if (is.null(g)) TRUE else s$variables[[by]] == g
    here <- if (is.null(g)) s else subset(s, g_)
    is <- function(codes) paste0("x_ %in% c(", paste(codes, collapse=","), ")")
    here$variables$score_ <- (here$variables$x_ %in% positive) - (here$variables$x_ %in% negative)
    m <- svymean(~score_, here); q <- qt(.975, degf(here)); e <- num(coef(m)); se <- num(SE(m))
    rest <- setdiff(sort(unique(s$variables$x_)), c(negative, positive))
    r <- list(group=g, negative=share(here, is(negative)), positive=share(here, is(positive)),
      net=list(estimate=e, se=se, df=degf(here), low=max(-1, e-q*se), high=min(1, e+q*se)))
    if (length(rest)) r$neutral <- share(here, is(rest))
    for (code in c(negative, positive)) r[[paste0("=", code)]] <- share(here, is(code))
    rows[[length(rows)+1]] <- r[!sapply(r, is.null)]
  }
  case <- list(name=name, file=d$file, design=d$json, poles=list(item=item, negative=as.list(negative), positive=as.list(positive), drop=as.list(drop)), by=by, rows=rows)
  cases[[length(cases)+1]] <<- case[!sapply(case, is.null)]
}

# An actor with a box in one question, another in a second.
profile <- function(name, d, parts) {
  cases[[length(cases)+1]] <<- list(name=name, file=d$file, design=d$json, parts=as.list(parts),
    role=share(d$svy, paste(parts, "== 1", collapse=" | ")), shares=lapply(parts, function(p) share(d$svy, paste(p, "== 1"))))
}

strat <- make("strat", "pw", "stype", "fpc")
simple <- make("strat")
clusters <- make("apiclus1", "pw", NULL, "fpc", "dnum")
nested <- make("nhanes", "w", "h", NULL, "psu")
jk1 <- jackknife("clusters_jk1", "pw")
five <- c("wide", "comp", "both", "yr", "awards")
for (d in list(list("strata", strat), list("simple", simple))) {
  network(paste("network,", d[[1]]), d[[2]], five)
  network(paste("network by group,", d[[1]]), d[[2]], c("wide", "comp", "awards"), "yr")
  sets(paste("sets,", d[[1]]), d[[2]], five)
  profile(paste("profile,", d[[1]]), d[[2]], c("comp", "yr", "awards"))
  poles(paste("poles of a 3-point scale,", d[[1]]), d[[2]], "size", 1, 3)
  poles(paste("poles by group,", d[[1]]), d[[2]], "size", 1, 3, by="yr")
}
for (d in list(list("clusters", clusters), list("jackknife", jk1))) {
  network(paste("network,", d[[1]]), d[[2]], c("wide", "comp", "both"))
  sets(paste("sets,", d[[1]]), d[[2]], c("wide", "comp", "both"))
  profile(paste("profile,", d[[1]]), d[[2]], c("wide", "comp"))
}
poles("poles of a 4-point scale, clusters in strata", nested, "race", c(1, 2), c(4, 3))
poles("poles of a 4-point scale by group, clusters in strata", nested, "race", c(1, 2), c(4, 3), by="sex")
poles("poles with an answer dropped, clusters in strata", nested, "race", 1, c(4, 3), drop=2)
poles("poles with a neutral answer, clusters in strata", nested, "age", c(1), c(3))
write(toJSON(list(cases=cases), digits=I(17), auto_unbox=TRUE, na="null"), file.path(out, "ties.json"))
cat(length(cases), "cases\n")

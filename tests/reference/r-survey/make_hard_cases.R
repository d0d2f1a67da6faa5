# Hard cases for design-based estimates, computed with R's survey package: lonely strata, strata sampled completely,
# empty and one-respondent domains, clusters in strata, zero and missing weights, shares of 0 and 100 per cent.
# Usage: Rscript make_hard_cases.R OUTDIR
suppressMessages({library(survey); library(jsonlite)})
out <- commandArgs(TRUE)[1]
options(survey.lonely.psu="adjust", digits=15)
files <- list(); cases <- list()

# `design` names columns of `data`; `domain` is an R expression over its columns; y is 0/1 for shares.
case <- function(name, file, y, domain="TRUE", weight=NULL, strata=NULL, population=NULL, cluster=NULL, lonely="adjust", share=FALSE) {
  d <- files[[file]]
  if (!is.null(weight)) d <- d[!is.na(d[[weight]]),]
  f <- function(v) if (is.null(v)) NULL else as.formula(paste0("~`", v, "`"))
  options(survey.lonely.psu=lonely)
  des <- svydesign(id=if (is.null(cluster)) ~1 else f(cluster), strata=f(strata), fpc=f(population), nest=TRUE,
                   weights=if (is.null(weight)) ~rep(1, nrow(d)) else f(weight), data=d)
  marks <- with(d, eval(parse(text=domain))); marks <- rep_len(marks, nrow(d)) & !is.na(rep_len(marks, nrow(d))) & !is.na(d[[y]])
  w <- if (is.null(weight)) rep(1, nrow(d)) else d[[weight]]
  inside <- marks & w > 0
  r <- list(name=name, file=paste0(file, ".csv"), y=y, share=share, domain=as.integer(which(inside)),
            weight=weight, strata=strata, population=population, cluster=cluster, lonely=lonely,
            n=sum(inside), n_weighted=sum(w[inside]))
  if (sum(inside) > 0) {
    s <- suppressWarnings(subset(des, marks))
    m <- suppressWarnings(svymean(f(y), s, deff="replace"))
    r$estimate <- unname(coef(m)); r$se <- unname(as.vector(SE(m)))
    r$df <- unname(suppressWarnings(degf(s)))
    r$deff <- if (sum(inside) > 1) unname(as.vector(deff(m))) else NULL
    p <- r$estimate
    if (r$df > 0) {
      if (!share) {
        ci <- p + c(-1,1)*qt(.975, r$df)*r$se
        r$wald <- ci
      } else {
        r$wald <- p + c(-1,1)*qt(.975, r$df)*r$se
        # Korn and Graubard (1998); n is the number of respondents in the domain, and the effective size where p is 0 or 1.
        n <- r$n; at_end <- p < 1e-12 || p > 1-1e-12
        ne <- (if (at_end) n else p*(1-p)/r$se^2) * (qt(.025, n-1)/qt(.025, r$df))^2
        if (r$se > 1e-12 || at_end) {
          pp <- if (at_end) round(p) else p
          r$beta <- c(qbeta(.025, ne*pp, ne*(1-pp)+1), qbeta(.975, ne*pp+1, ne*(1-pp)))
        }
        if (!at_end && r$se > 1e-12) {
          l <- log(p/(1-p)); h <- qt(.975, r$df)*r$se/(p*(1-p))
          r$logit <- plogis(l + c(-1,1)*h)
          # Wilson's interval on the same effective size (Dean and Pagano 2015)
          z <- qnorm(.975); c0 <- (p + z^2/(2*ne))/(1+z^2/ne); hw <- z/(1+z^2/ne)*sqrt(p*(1-p)/ne + z^2/(4*ne^2))
          r$wilson <- c(c0-hw, c0+hw)
        }
      }
    }
  }
  cases[[length(cases)+1]] <<- r
}

# The eight rows of the package's own `fpc` data (strata, clusters in them, population of the strata).
data(fpc)
files$fpc <- data.frame(stratid=fpc$stratid, psuid=fpc$psuid, weight=fpc$weight, nh=fpc$nh, Nh=fpc$Nh, x=fpc$x)
for (pop in list(NULL, "Nh")) for (dom in c("TRUE", "x > 4", "x > 100", "stratid == 1", "x > 7")) {
  case(paste("fpc data", dom, pop), "fpc", "x", dom, weight="weight", strata="stratid", population=pop)
  case(paste("fpc data, clusters", dom, pop), "fpc", "x", dom, weight="weight", strata="stratid", population=pop, cluster="psuid")
}

# The California schools by strata, over domains.
data(api)
files$schools <- data.frame(stype=as.integer(apistrat$stype), pw=apistrat$pw, fpc=apistrat$fpc, api00=apistrat$api00,
  wide=as.integer(apistrat$sch.wide=="Yes"), both=as.integer(apistrat$both=="Yes"), acs=apistrat$acs.core, county=apistrat$cnum, all=1L, none=0L)
for (dom in c("TRUE", "api00 > 700", "stype != 2 & api00 < 500", "county == 18", "both == 1")) {
  for (y in c("wide", "all", "none")) for (d in list(list("stype","fpc"), list("stype",NULL), list(NULL,NULL)))
    case(paste("schools", y, dom, paste(unlist(d), collapse="+")), "schools", y, dom, weight="pw", strata=d[[1]], population=d[[2]], share=TRUE)
  case(paste("schools mean with missing values", dom), "schools", "acs", dom, weight="pw", strata="stype", population="fpc")
}
case("schools without weights", "schools", "wide", share=TRUE)

# Two-stage cluster sample of the same schools (first stage used): districts.
files$districts <- data.frame(dnum=apiclus1$dnum, pw=apiclus1$pw, fpc=apiclus1$fpc, stype=as.integer(apiclus1$stype), api00=apiclus1$api00,
  wide=as.integer(apiclus1$sch.wide=="Yes"))
for (dom in c("TRUE", "stype == 2", "api00 > 650", "dnum == 637")) for (pop in list("fpc", NULL)) {
  case(paste("districts", dom, pop), "districts", "wide", dom, weight="pw", population=pop, cluster="dnum", share=TRUE)
  case(paste("districts mean", dom, pop), "districts", "api00", dom, weight="pw", population=pop, cluster="dnum")
}

# Made up: 40 rows in 7 strata; stratum 6 has one row, 7 one row of a population of one, 5 is sampled completely;
# weights from tiny to huge, a zero weight; clusters of two; group 3 has one respondent, group 4 is 4, 5 only.
set.seed(20161)
h <- c(rep(1,10), rep(2,9), rep(3,8), rep(4,6), rep(5,5), 6, 7)
files$made <- data.frame(h=h, k=ave(h, h, FUN=function(v) (seq_along(v)+1) %/% 2),
  w=round(c(runif(10,1,3), runif(9,10,20), runif(8,.001,.002), runif(6,2000,9000), rep(1,5), 7.5, 1), 6),
  N=c(rep(25,10), rep(140,9), rep(9,8), rep(30000,6), rep(5,5), 8, 1),
  M=c(rep(25,10), rep(140,9), rep(9,8), rep(30000,6), rep(3,5), 8, 1),
  y=rbinom(40,1,.4), x=round(rnorm(40,1e6,3),4), g=c(rep(1:2,16), 3, rep(4,7)))
files$made$w[4] <- 0
files$made$y[h==3] <- 1
files$made$y[h==7] <- 0
for (lonely in c("adjust","remove")) for (dom in c("TRUE","g == 1","g == 2","g == 3","g == 4","g == 5","h >= 6","h == 5", "h == 3")) {
  case(paste("made share", lonely, dom), "made", "y", dom, "w", "h", "N", lonely=lonely, share=TRUE)
  case(paste("made share without population", lonely, dom), "made", "y", dom, "w", "h", lonely=lonely, share=TRUE)
  case(paste("made share in clusters", lonely, dom), "made", "y", dom, "w", "h", "M", "k", lonely=lonely, share=TRUE)
  case(paste("made mean", lonely, dom), "made", "x", dom, "w", "h", "N", lonely=lonely)
  case(paste("made mean in clusters", lonely, dom), "made", "x", dom, "w", "h", "M", "k", lonely=lonely)
}
q <- list(t=lapply(c(.5,1,2,2.7,5,30,197,2359,1e5), function(df) list(df=df, p975=qt(.975,df), p95=qt(.95,df), p9995=qt(.9995,df))),
          beta=Map(function(a,b) list(a=a,b=b,low=qbeta(.025,a,b),high=qbeta(.975,a,b)), c(.5,1,3.2,20,190.4,1,2000.5,.01), c(.5,60,4.8,1,12.25,2363,1.5,5)),
          normal=list(p975=qnorm(.975), p95=qnorm(.95), p9995=qnorm(.9995)))
for (f in names(files)) write.csv(files[[f]], file.path(out, paste0(f, ".csv")), row.names=FALSE, na="")
write(toJSON(list(survey_version=as.character(packageVersion("survey")), cases=cases, quantiles=q), digits=NA, auto_unbox=TRUE, null="null", na="null"), file.path(out, "hard_cases.json"))
cat("cases:", length(cases), "\n")

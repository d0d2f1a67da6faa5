# Golden cases for totals, ratios, quantiles, tests, contrasts, replicate weights, calibration, multiple responses and
# intervals, computed with R's survey package (4.1.1) over the data sets that come with it, with MASS, and with the made-up
# rows of make_hard_cases.R. Every data set is written first and read back, so that both sides see the same digits.
# Usage: Rscript make_more_cases.R OUTDIR   (after make_reference.R and make_hard_cases.R, whose files it reads)
suppressMessages({library(survey); library(jsonlite)})
out <- commandArgs(TRUE)[1]
options(digits=15, warn=-1)
path <- function(name) file.path(out, paste0(name, ".csv"))
put <- function(name, d) { write.csv(d, path(name), row.names=FALSE, na=""); read.csv(path(name), stringsAsFactors=FALSE, na.strings="") }
cases <- list()
add <- function(...) { case <- list(...); cases[[length(cases)+1]] <<- case[!sapply(case, is.null)] }
f <- function(v) if (is.null(v)) NULL else as.formula(paste0("~", paste0("`", v, "`", collapse="+")))

# ---- data
data(api); data(nhanes); data(scd); data(hospital); data(mu284); data(election)
files <- list()
files$schools <- read.csv(path("schools")); files$made <- read.csv(path("made")); files$fpc <- read.csv(path("fpc"))
clus1 <- apiclus1; clus1$stype <- as.character(clus1$stype)
files$apiclus1 <- put("apiclus1", data.frame(dnum=clus1$dnum, pw=clus1$pw, fpc=clus1$fpc, stype=clus1$stype, api00=clus1$api00, api99=clus1$api99,
  enroll=clus1$enroll, stu=clus1$api.stu, wide=as.integer(clus1$sch.wide=="Yes"), comp=as.integer(clus1$comp.imp=="Yes"), both=as.integer(clus1$both=="Yes"), meals=clus1$meals))
files$apiclus2 <- put("apiclus2", data.frame(dnum=apiclus2$dnum, pw=apiclus2$pw, fpc=apiclus2$fpc1, stype=as.character(apiclus2$stype), api00=apiclus2$api00,
  enroll=apiclus2$enroll, stu=apiclus2$api.stu, wide=as.integer(apiclus2$sch.wide=="Yes"), comp=as.integer(apiclus2$comp.imp=="Yes")))
strat <- apistrat
files$strat <- put("strat", data.frame(stype=as.character(strat$stype), pw=strat$pw, fpc=strat$fpc, fraction=100/c(E=4421,H=755*2,M=1018*2)[as.character(strat$stype)],
  api00=strat$api00, api99=strat$api99, enroll=strat$enroll, stu=strat$api.stu, wide=as.integer(strat$sch.wide=="Yes"), comp=as.integer(strat$comp.imp=="Yes"),
  both=as.integer(strat$both=="Yes"), yr=as.integer(strat$yr.rnd=="Yes"), awards=as.integer(strat$awards=="Yes"), acs=strat$acs.core, size=cut(strat$enroll, c(0,300,600,1e5), labels=FALSE)))
two <- names(which(tapply(nhanes$SDMVPSU, nhanes$SDMVSTRA, function(p) length(unique(p))==2)))
thin <- nhanes[nhanes$SDMVSTRA %in% two,]; thin <- thin[seq(1, nrow(thin), by=5),]
files$nhanes <- put("nhanes", data.frame(psu=thin$SDMVPSU, h=thin$SDMVSTRA, w=thin$WTMEC2YR, chol=thin$HI_CHOL, race=thin$race, age=as.integer(thin$agecat), sex=thin$RIAGENDR))
files$hospital <- put("hospital", hospital)
files$mu284 <- put("mu284", data.frame(id1=mu284$id1, n1=mu284$n1, n2=mu284$n2, y1=mu284$y1, g=rep(1:3, length.out=nrow(mu284))))
files$election <- put("election", data.frame(w=1/election_pps$p, votes=election_pps$votes, bush=election_pps$Bush, kerry=election_pps$Kerry,
  large=as.integer(election_pps$votes > 5000), third=as.integer(cut(rank(election_pps$Nader), 3))))
ms <- MASS::survey
files$students <- put("students", data.frame(sex=as.character(ms$Sex), smoke=as.character(ms$Smoke), exer=as.character(ms$Exer), hand=as.character(ms$W.Hnd), height=ms$Height, pulse=ms$Pulse, age=ms$Age,
  w=round(exp(((seq_len(nrow(ms))*37) %% 101)/25), 4)))
# Half-samples and an ambulance service: the package's own example of replicate weights.
repw <- 2*cbind(c(1,0,1,0,1,0), c(1,0,0,1,0,1), c(0,1,1,0,0,1), c(0,1,0,1,1,0))
files$scd <- put("scd", data.frame(alive=scd$alive, arrests=scd$arrests, one=1, w=1, r=repw))

# ---- designs
make <- function(file, weight=NULL, strata=NULL, population=NULL, cluster=NULL, lonely="adjust") {
  d <- files[[file]]
  if (!is.null(weight)) d <- d[!is.na(d[[weight]]),]
  strata_f <- if (length(strata) > 1) as.formula(paste0("~interaction(", paste(strata, collapse=","), ", drop=TRUE)")) else f(strata)
  des <- svydesign(id=if (is.null(cluster)) ~1 else f(cluster), strata=strata_f, fpc=f(population), nest=TRUE,
    weights=if (is.null(weight)) ~rep(1, nrow(d)) else f(weight), data=d)
  list(file=file, svy=des, lonely=lonely, json=list(weight=weight, strata=as.list(strata), population=population, cluster=cluster, lonely=lonely))
}
replicated <- function(from, type, name, ...) {
  options(survey.lonely.psu="adjust")
  r <- as.svrepdesign(from$svy, type=type, compress=FALSE, ...)
  w <- unclass(as.matrix(weights(r, "analysis"))); attr(w, "scale") <- NULL; w <- matrix(as.numeric(w), nrow(w)); colnames(w) <- paste0("r", seq_len(ncol(w)))
  d <- cbind(from$svy$variables, as.data.frame(w))
  d <- put(name, d); files[[name]] <<- d
  weight <- from$json$weight
  rho <- if (type == "Fay") r$rho else NULL
  given <- type %in% c("JK1", "JKn", "subbootstrap", "mrbbootstrap", "bootstrap")
  des <- svrepdesign(data=d, weights=f(weight), repweights=d[grep("^r[0-9]+$", names(d))], combined.weights=TRUE,
    type=if (grepl("boot", type)) "bootstrap" else type, rho=rho, scale=if (given) r$scale else NULL, rscales=if (given) r$rscales else NULL)
  own <- switch(type, JK1=abs(r$scale - (ncol(w)-1)/ncol(w)) < 1e-12, FALSE)
  list(file=name, svy=des, lonely="adjust", json=list(weight=weight, strata=list(), lonely="adjust",
    replicates=list(prefix="r", kind=tolower(if (grepl("boot", type)) "bootstrap" else type), rho=rho,
      scale=if (given && !own) r$scale else NULL, constants=if (given && any(r$rscales != 1)) as.list(r$rscales) else NULL)))
}
calibrated <- function(from, margins, trim=NULL) {
  options(survey.lonely.psu=from$lonely)
  tables <- lapply(margins, function(m) { t <- as.data.frame(m); names(t)[ncol(t)] <- "Freq"; t })
  vars <- lapply(tables, function(t) setdiff(names(t), "Freq"))
  des <- if (length(tables) == 1) postStratify(from$svy, f(vars[[1]]), tables[[1]]) else
    rake(from$svy, lapply(vars, f), tables, control=list(maxit=1000, epsilon=1e-13))
  if (!is.null(trim)) des <- trimWeights(des, lower=trim[1], upper=trim[2], strict=TRUE)
  json <- from$json
  json$margins <- lapply(seq_along(tables), function(i) list(vars=as.list(vars[[i]]),
    cells=lapply(seq_len(nrow(tables[[i]])), function(k) list(as.list(unname(sapply(vars[[i]], function(v) { x <- as.character(tables[[i]][k, v]); x }))), tables[[i]]$Freq[k]))))
  json$trim <- if (is.null(trim)) NULL else as.list(trim)
  list(file=from$file, svy=des, lonely=from$lonely, json=json)
}

inside <- function(d, r_where, need=NULL) {
  options(survey.lonely.psu=d$lonely)
  v <- d$svy$variables
  keep <- rep_len(eval(parse(text=r_where), v), nrow(v)); keep <- keep & !is.na(keep)
  for (n in need) keep <- keep & !is.na(v[[n]])
  subset(d$svy, keep)
}
num <- function(x) unname(as.vector(x))
base <- function(name, d, kind, where=NULL, ...) add(name=paste0(length(cases)+1, " ", name), file=paste0(d$file, ".csv"), design=d$json, kind=kind, where=where, ...)
wn <- function(s) list(n=sum(weights(s, "sampling") > 0), n_weighted=sum(weights(s, "sampling")))

# ---- single numbers
one <- function(what, name, d, var, r_where="TRUE", where=NULL, below=NULL, at=NULL, level=.95, by=NULL) {
  s0 <- inside(d, r_where, c(var, below))
  groups <- if (is.null(by)) list(NULL) else as.list(sort(unique(s0$variables[[by]][weights(s0,"sampling") > 0])))
  rows <- list()
  for (g in groups) {
    s <- if (is.null(g)) s0 else { keep <- s0$variables[[by]] == g; keep[is.na(keep)] <- FALSE; subset(s0, keep) }
    df <- degf(s)
    ps <- if (what == "quantile") at else NA
    for (p in ps) {
      r <- c(wn(s), list(group=if (is.null(g)) NULL else as.character(g), df=df))
      if (what == "quantile") {
        x <- s$variables[[var]]; w <- weights(s, "sampling")
        first <- sum(w[w > 0 & x == min(x[w > 0])])/sum(w); if (p < first) next
        q <- svyquantile(f(var), s, p, alpha=1-level, ci=TRUE)[[1]]
        r$at <- p; r$estimate <- num(q[1]); r$se <- num(q[4]); r$low <- num(q[2]); r$high <- num(q[3])
        # (Such shares are left out above.) The package takes the second smallest value where the share is below the first one's weight.
        m <- svymean(as.formula(paste0("~I(`", var, "` <= ", format(r$estimate, digits=17), ")")), s)
        ends <- num(confint(m, 2, df=df, level=level))
        if (!is.nan(ends[1]) && ends[1] >= 0 && ends[1] < first) { r$low <- NULL; r$se <- NULL }
      } else {
        m <- switch(what,
          mean=svymean(f(var), s, deff="replace"), share=svymean(f(var), s, deff="replace"),
          total=svytotal(f(var), s, deff="replace"), count=svytotal(f(var), s, deff="replace"),
          ratio=svyratio(f(var), f(below), s))
        r$estimate <- num(coef(m)); r$se <- num(SE(m))
        rep <- inherits(s, "svyrep.design"); plain <- !rep && is.null(s$postStrata)
        if (plain && what %in% c("mean","share","total","count")) r$deff <- num(deff(m))
        if (what == "share") {
          y <- as.formula(paste0("~I(`", var, "` == 1)"))
          if (r$estimate > 1e-12 && r$estimate < 1-1e-12 && r$se > 1e-12) {
            ci <- function(method) num(confint(svyciprop(y, s, method=method, level=level)))
            r$logit <- ci("xlogit"); if (plain && all(weights(s, "sampling") > 0)) r$beta <- ci("beta"); r$wald <- ci("mean")
            a <- asin(sqrt(r$estimate)) + c(-1,1)*qt((1+level)/2, df)*r$se/(2*sqrt(r$estimate*(1-r$estimate)))
            if (a[1] > 0 && a[2] < pi/2) r$arcsine <- ci("asin")
          }
        } else if (df > 0) { t <- qt((1+level)/2, df); r$low <- r$estimate - t*r$se; r$high <- r$estimate + t*r$se }
      }
      rows[[length(rows)+1]] <- r
    }
  }
  base(name, d, what, where, var=var, below=below, at=if (is.null(at)) NULL else as.list(at), level=level, by=by, rows=rows)
}

# Means of y in groups with their covariance. `svyby(covmat=TRUE)` fails for calibrated designs, where they are made of totals.
group_means <- function(s, y, g, rep) {
  s$variables$g_ <- g; s$variables$y_ <- y
  if (is.null(s$postStrata) || rep) { m <- svyby(~y_, ~g_, s, svymean, covmat=TRUE, return.replicates=rep); return(list(e=num(coef(m)), V=matrix(num(vcov(m)), nrow(m)))) }
  lv <- levels(factor(g)); M <- do.call(cbind, lapply(lv, function(l) cbind(ifelse(g == l, y, 0), as.numeric(g == l))))
  t <- svytotal(M, s); T <- num(coef(t)); k <- length(lv); e <- T[2*(1:k)-1]/T[2*(1:k)]
  J <- matrix(0, k, 2*k); for (i in 1:k) { J[i,2*i-1] <- 1/T[2*i]; J[i,2*i] <- -e[i]/T[2*i] }
  list(e=e, V=J %*% matrix(num(vcov(t)), 2*k) %*% t(J))
}

# ---- tests of a table, contrasts of groups
compare <- function(name, d, var, by, r_where="TRUE", where=NULL, numeric=FALSE, test=TRUE) {
  s <- inside(d, r_where, c(var, by)); df <- degf(s); rep <- inherits(s, "svyrep.design")
  s$variables$by_ <- factor(s$variables[[by]])
  if (!rep) { live <- weights(s, "sampling") > 0; s$variables$by_ <- factor(ifelse(live, as.character(s$variables$by_), NA)); s$variables$by_[!live] <- levels(s$variables$by_)[1] }
  tests <- list()
  if (!numeric && test) {
    s$variables$a_ <- factor(s$variables[[var]])
    for (k in c("F","Chisq","Wald","adjWald")) { t <- tryCatch(svychisq(~a_+by_, s, statistic=k), error=function(e) NULL)
      # Wald's test has no answer where the design leaves a margin no variance.
      # The package counts respondents without weight here, but not in degf().
      w <- weights(s, "sampling"); dead <- sum(w == 0)
      if (!is.null(t) && dead > 0 && !rep) { nu <- length(unique(s$cluster[,1])) - length(unique(s$strata[,1]))
        if (k == "F") { t$parameter[2] <- t$parameter[1]*df; t$p.value <- pf(t$statistic, t$parameter[1], t$parameter[2], lower.tail=FALSE) }
        if (k == "Chisq") t$statistic <- t$statistic*sum(w > 0)/length(w)
        if (k == "Wald") { t$parameter[2] <- df; t$p.value <- pf(t$statistic, t$parameter[1], df, lower.tail=FALSE) }
        if (k == "adjWald") { q <- t$parameter[1]; t$statistic <- t$statistic*(q*nu)/(nu-q+1)*(df-q+1)/(q*df); t$parameter[2] <- df-q+1; t$p.value <- pf(t$statistic, q, df-q+1, lower.tail=FALSE) } }
      if (!is.null(t)) tests[[k]] <- list(statistic=num(t$statistic), ndf=num(t$parameter[1]), ddf=if (length(t$parameter) > 1) num(t$parameter[2]) else NULL, p=num(t$p.value)) }
    w <- weights(s, "sampling"); tab <- xtabs(w ~ s$variables$a_ + s$variables$by_); tab <- tab/sum(tab)*sum(w > 0)
    t <- chisq.test(tab, correct=FALSE); tests$Pearson <- list(statistic=num(t$statistic), ndf=num(t$parameter), p=num(t$p.value))
    e <- outer(rowSums(tab), colSums(tab))/sum(tab); g2 <- 2*sum(ifelse(tab > 0, tab*log(tab/e), 0)); k <- prod(dim(tab)-1)
    tests$Likelihood <- list(statistic=g2, ndf=k, p=pchisq(g2, k, lower.tail=FALSE))
  }
  lv <- levels(s$variables$by_)
  pairs <- list()
  y <- if (numeric) s$variables[[var]] else as.numeric(s$variables[[var]] == 1)
  m <- group_means(s, y, s$variables$by_, rep); e <- m$e; names(e) <- lv; V <- m$V
  dimnames(V) <- list(lv, lv)
  if (numeric && test) { k <- length(lv)-1; L <- cbind(-1, diag(k)); b <- L %*% e; F <- num(t(b) %*% solve(L %*% V %*% t(L), b))/k
    tests$Wald <- list(statistic=F, ndf=k, ddf=df, p=pf(F, k, df, lower.tail=FALSE)) }
  for (i in seq_along(lv)) for (j in seq_along(lv)) if (i < j) {
    a <- lv[i]; b <- lv[j]; dif <- e[a]-e[b]; se <- sqrt(V[a,a]+V[b,b]-2*V[a,b])
    pd <- degf(subset(s, by_ %in% c(a, b) & weights(s, "sampling") > 0))
    r <- list(a=a, b=b, difference=num(dif), se=num(se), df=pd, t=num(dif/se), p=2*pt(-abs(num(dif/se)), pd))
    if (!numeric && !rep && all(e[c(a,b)] > 0) && all(e[c(a,b)] < 1)) {
      logs <- function(g) { v <- g %*% V[c(a,b),c(a,b)] %*% g; sqrt(num(v)) }
      q <- qt(.975, pd); rr <- log(e[a]/e[b]); s1 <- logs(c(1/e[a], -1/e[b]))
      or <- log(e[a]/(1-e[a])*(1-e[b])/e[b]); s2 <- logs(c(1/(e[a]*(1-e[a])), -1/(e[b]*(1-e[b]))))
      r$risk_ratio <- list(estimate=num(exp(rr)), low=num(exp(rr-q*s1)), high=num(exp(rr+q*s1)))
      r$odds_ratio <- list(estimate=num(exp(or)), low=num(exp(or-q*s2)), high=num(exp(or+q*s2)))
    }
    pairs[[length(pairs)+1]] <- r
  }
  p <- sapply(pairs, `[[`, "p"); adjusted <- lapply(c("holm","bonferroni","BH","none"), function(k) as.list(p.adjust(p, k)))
  # Each group against the rest.
  rest <- lapply(lv, function(l) { r <- group_means(s, y, factor(s$variables$by_ != l), rep); v <- r$V; c <- r$e
    list(a=l, difference=c[1]-c[2], se=num(sqrt(v[1,1]+v[2,2]-2*v[1,2])), df=df) })
  base(name, d, if (numeric) "compare_means" else "compare", where, var=var, by=by, tests=tests, pairs=pairs, adjusted=adjusted, rest=rest)
}

# ---- several answers of the same respondents
boxes <- function(name, d, a, b, r_where="TRUE", where=NULL) {
  s <- inside(d, r_where, c(a, b)); df <- degf(s); rep <- inherits(s, "svyrep.design")
  s$variables$a_ <- s$variables[[a]]; s$variables$b_ <- s$variables[[b]]; s$variables$ab_ <- s$variables$a_*s$variables$b_
  m <- svymean(~a_+b_+ab_, s); e <- num(coef(m)); V <- vcov(m)
  given <- svymean(~b_, subset(s, a_ == 1))
  q <- qt(.975, df); r <- list(a=a, b=b, df=df)
  r$difference <- list(estimate=e[1]-e[2], se=num(sqrt(V[1,1]+V[2,2]-2*V[1,2])))
  r$joint <- list(estimate=e[3], se=num(sqrt(V[3,3])))
  r$given <- list(estimate=num(coef(given)), se=num(SE(given)), df=degf(subset(s, a_ == 1)))
  if (!rep && e[3] > 0) { g <- c(-1/e[1], -1/e[2], 1/e[3]); v <- sqrt(num(g %*% V %*% g)); l <- e[3]/(e[1]*e[2])
    r$lift <- list(estimate=l, se=l*v, low=l*exp(-q*v), high=l*exp(q*v)) }
  alone <- svymean(~I(a_*(1-b_)), s); r$alone <- list(estimate=num(coef(alone)), se=num(SE(alone)))
  any <- svymean(~I(pmax(a_, b_)), s); r$any <- list(estimate=num(coef(any)), se=num(SE(any)))
  count <- svymean(~I(a_+b_), s); r$count <- list(estimate=num(coef(count)), se=num(SE(count)))
  do.call(base, c(list(name, d, "boxes", where), list(boxes=r)))
}

strat_fpc <- make("strat","pw","stype","fpc"); strat_no <- make("strat","pw","stype"); strat_w <- make("strat","pw"); plain <- make("strat")
clus <- make("apiclus1","pw",NULL,"fpc","dnum"); clus_no <- make("apiclus1","pw",NULL,NULL,"dnum"); clus2 <- make("apiclus2","pw",NULL,"fpc","dnum")
nh <- make("nhanes","w","h",NULL,"psu"); hosp <- make("hospital","weighta","oblevel","tothosp"); elect <- make("election","w"); stud <- make("students","w"); stud0 <- make("students")
fp <- make("fpc","weight","stratid","Nh","psuid"); mu <- make("mu284",NULL,NULL,"n1","id1"); cross <- make("strat","pw",c("stype","size"))
made <- list(adjust=make("made","w","h","N"), remove=make("made","w","h","N",lonely="remove"), average=make("made","w","h","N",lonely="average"),
  clusters=make("made","w","h","M","k"), average_clusters=make("made","w","h","M","k",lonely="average"), none=make("made","w","h"))
frac <- make("strat","pw","stype","fraction")

# Totals, counts, ratios, quantiles, fractions, other levels
for (d in list(list("strata, fpc",strat_fpc), list("strata",strat_no), list("weights",strat_w), list("none",plain), list("fractions",frac), list("crossed strata",cross))) {
  one("total", paste("total of enrolment,", d[[1]]), d[[2]], "enroll")
  one("total", paste("total in a domain,", d[[1]]), d[[2]], "stu", "stype == 'H' | api00 > 750", 'stype = "H" or api00 > 750', by="awards")
  one("count", paste("number,", d[[1]]), d[[2]], "wide", by="stype")
  one("ratio", paste("ratio,", d[[1]]), d[[2]], "stu", below="enroll", by="stype")
  one("ratio", paste("ratio in a domain,", d[[1]]), d[[2]], "api00", "yr == 1", "yr = 1", below="api99")
  one("quantile", paste("quantiles,", d[[1]]), d[[2]], "api00", at=c(.1,.25,.5,.75,.9))
  one("quantile", paste("medians by award,", d[[1]]), d[[2]], "enroll", at=.5, by="awards", level=.9)
  one("share", paste("shares by type,", d[[1]]), d[[2]], "comp", by="stype", level=.99)
  one("mean", paste("mean with missing values,", d[[1]]), d[[2]], "acs", by="stype")
}
for (d in list(list("districts, fpc",clus), list("districts",clus_no))) {
  one("total", paste("total,", d[[1]]), d[[2]], "enroll"); one("total", paste("total by type,", d[[1]]), d[[2]], "stu", by="stype")
  one("ratio", paste("ratio,", d[[1]]), d[[2]], "stu", below="enroll", by="stype"); one("count", paste("number,", d[[1]]), d[[2]], "both")
  one("quantile", paste("quantiles,", d[[1]]), d[[2]], "api00", at=c(.25,.5,.75)); one("share", paste("shares,", d[[1]]), d[[2]], "wide", by="stype")
  one("mean", paste("mean,", d[[1]]), d[[2]], "meals", "api00 > 500", "api00 > 500", by="comp")
}
one("mean", "two-stage sample, first stage", clus2, "api00", by="stype"); one("total", "two-stage total, first stage", clus2, "enroll"); one("quantile", "two-stage quantiles", clus2, "api00", at=c(.3,.5,.8))
for (where in list(c("TRUE",NA), c("sex == 2","sex = 2"), c("age >= 3 & race == 1","age >= 3 and race = 1"))) { w <- if (is.na(where[2])) NULL else where[2]
  one("share", "high cholesterol", nh, "chol", where[1], w, by="race"); one("count", "number with high cholesterol", nh, "chol", where[1], w); one("mean", "cholesterol by age", nh, "chol", where[1], w, by="age") }
one("total", "births", hosp, "births"); one("mean", "births by level", hosp, "births", by="oblevel"); one("ratio", "births per hospital size", hosp, "births", below="tothosp"); one("quantile", "median births", hosp, "births", at=c(.25,.5))
for (y in c("bush","kerry","votes")) one("total", "votes, unequal probabilities", elect, y, by="large"); one("ratio", "Bush per vote", elect, "bush", below="votes"); one("quantile", "median county", elect, "votes", at=c(.2,.5,.8))
one("total", "the eight rows", fp, "x"); one("mean", "the eight rows", fp, "x", "x > 4", "x > 4"); one("mean", "Swedish municipalities", mu, "y1", by="g"); one("total", "Swedish municipalities", mu, "y1")
for (v in c("height","pulse")) { one("mean", "students", stud, v, by="sex"); one("quantile", "students", stud, v, at=c(.05,.5,.95)); one("quantile", "students, no weights", stud0, v, at=c(.25,.5,.75), by="sex") }
for (n in names(made)) { d <- made[[n]]
  one("mean", paste("made,", n), d, "x", by="g"); one("share", paste("made,", n), d, "y", by="g"); one("total", paste("made,", n), d, "y")
  one("ratio", paste("made,", n), d, "y", below="x"); one("mean", paste("made, odd strata,", n), d, "x", "h %in% c(1,3,6)", "h in (1, 3, 6)"); one("quantile", paste("made,", n), d, "x", at=c(.5,.8)) }

# Tests and contrasts
for (d in list(list("strata, fpc",strat_fpc), list("strata",strat_no), list("weights",strat_w), list("none",plain), list("crossed strata",cross))) {
  for (v in c("wide","comp","awards")) compare(paste(v, "by type,", d[[1]]), d[[2]], v, "stype")
  if (d[[1]] != "crossed strata") compare(paste("type by size,", d[[1]]), d[[2]], "size", "stype")
  compare(paste("in a domain,", d[[1]]), d[[2]], "comp", "size", "api00 > 550", "api00 > 550")
  compare(paste("means by type,", d[[1]]), d[[2]], "api00", "stype", numeric=TRUE); compare(paste("means by size,", d[[1]]), d[[2]], "acs", "size", "stype != 'H'", 'not stype = "H"', numeric=TRUE)
}
for (d in list(list("districts, fpc",clus), list("districts",clus_no))) { for (v in c("wide","comp","both")) compare(paste(v, "by type,", d[[1]]), d[[2]], v, "stype"); compare(paste("means,", d[[1]]), d[[2]], "api00", "stype", numeric=TRUE) }
for (by in c("race","age","sex")) { compare(paste("cholesterol by", by), nh, "chol", by); compare(paste("cholesterol of women by", by), nh, "chol", by, "sex == 2 | age == 4", "sex = 2 or age = 4") }
compare("race by age", nh, "race", "age"); compare("large counties", elect, "large", "third"); compare("votes by third", elect, "kerry", "third", numeric=TRUE)
for (v in c("smoke","exer","hand")) { compare(paste("students", v), stud, v, "sex"); compare(paste("students", v, "no weights"), stud0, v, "sex") }
compare("students' pulse by exercise", stud, "pulse", "exer", numeric=TRUE); compare("births by level", hosp, "births", "oblevel", numeric=TRUE)
for (n in c("adjust","remove","clusters","none")) { compare(paste("made,", n), made[[n]], "y", "g", "g <= 2", "g <= 2"); compare(paste("made means,", n), made[[n]], "x", "g", "g <= 2", "g <= 2", numeric=TRUE) }

# Overlapping answers
for (d in list(list("strata, fpc",strat_fpc), list("weights",strat_w), list("crossed",cross))) for (p in list(c("wide","comp"), c("comp","both"), c("awards","yr"))) {
  boxes(paste(p[1], p[2], d[[1]]), d[[2]], p[1], p[2]); boxes(paste(p[1], p[2], "in a domain", d[[1]]), d[[2]], p[1], p[2], "api00 > 600", "api00 > 600") }
boxes("districts", clus, "wide", "comp"); boxes("districts, no fpc", clus_no, "comp", "both"); boxes("districts in a domain", clus, "comp", "both", "stype == 'E'", 'stype = "E"')

# Replicate weights
set.seed(20164)
files$nhanes_thin <- put("nhanes_thin", files$nhanes[seq(1, nrow(files$nhanes), by=3),]); nh_thin <- make("nhanes_thin","w","h",NULL,"psu")
brr <- replicated(nh_thin, "BRR", "nhanes_brr"); fay <- replicated(nh_thin, "Fay", "nhanes_fay", fay.rho=.3)
jk1 <- replicated(clus, "JK1", "clusters_jk1"); jk1_no <- replicated(clus_no, "JK1", "clusters_jk1_no"); jkn <- replicated(strat_thin <- { files$strat_thin <- put("strat_thin", files$strat[seq(1, 200, by=4),]); make("strat_thin","pw","stype","fpc") }, "JKn", "strat_jkn")
boot <- replicated(strat_thin, "subbootstrap", "strat_boot", replicates=40); mboot <- replicated(make("strat_thin","pw","stype"), "bootstrap", "strat_boot2", replicates=30)
half <- list(file="scd", svy=svrepdesign(data=files$scd, type="BRR", repweights=files$scd[grep("^r", names(files$scd))], weights=~w, combined.weights=TRUE), lonely="adjust",
  json=list(weight="w", strata=list(), lonely="adjust", replicates=list(prefix="r.", kind="brr")))
one("ratio", "ambulances", half, "alive", below="arrests"); one("total", "ambulances", half, "alive"); one("mean", "ambulances", half, "arrests")
for (d in list(list("BRR",brr), list("Fay",fay))) { one("share", d[[1]], d[[2]], "chol"); one("share", paste(d[[1]], "by race"), d[[2]], "chol", by="race"); one("count", d[[1]], d[[2]], "chol", "sex == 2", "sex = 2")
  one("quantile", d[[1]], d[[2]], "age", at=c(.3,.6)); compare(paste(d[[1]], "by sex"), d[[2]], "chol", "sex"); compare(paste(d[[1]], "by age"), d[[2]], "chol", "age", "race == 1", "race = 1") }
for (d in list(list("JK1",jk1), list("JK1, no fpc",jk1_no))) { one("mean", d[[1]], d[[2]], "api00", by="stype"); one("total", d[[1]], d[[2]], "enroll"); one("ratio", d[[1]], d[[2]], "stu", below="enroll"); one("share", d[[1]], d[[2]], "wide")
  one("quantile", d[[1]], d[[2]], "api00", at=.5); compare(d[[1]], d[[2]], "comp", "stype"); compare(paste(d[[1]], "means"), d[[2]], "api00", "stype", numeric=TRUE); boxes(d[[1]], d[[2]], "wide", "comp") }
for (d in list(list("JKn",jkn), list("bootstrap",boot), list("rescaled bootstrap",mboot))) { one("mean", d[[1]], d[[2]], "api00"); one("mean", d[[1]], d[[2]], "acs", by="stype"); one("total", d[[1]], d[[2]], "enroll")
  one("ratio", d[[1]], d[[2]], "stu", below="enroll"); one("share", d[[1]], d[[2]], "comp", "api00 > 600", "api00 > 600"); compare(d[[1]], d[[2]], "comp", "stype", "stype != 'H'", 'not stype = "H"') }

# Calibration: the population of the schools
pop <- apipop; pop$wide <- as.integer(pop$sch.wide=="Yes"); pop$comp <- as.integer(pop$comp.imp=="Yes"); pop$awards <- as.integer(pop$awards=="Yes"); pop$stype <- as.character(pop$stype)
T <- function(...) { t <- as.data.frame(table(pop[c(...)])); t[] <- lapply(t, function(x) if (is.factor(x)) as.character(x) else x); names(t)[1:(ncol(t)-1)] <- c(...); t[t$Freq > 0,] }
ps <- calibrated(clus, list(T("stype"))); ps2 <- calibrated(strat_fpc, list(T("comp"))); ps3 <- calibrated(strat_no, list(T("wide","comp")))
rk <- calibrated(clus, list(T("stype"), T("comp"))); rk2 <- calibrated(strat_fpc, list(T("comp"), T("awards"))); rk3 <- calibrated(strat_w, list(T("stype"), T("wide"), T("comp")))
tr <- calibrated(strat_w, list(T("stype"), T("comp")), trim=c(14, 42)); tr2 <- calibrated(clus, list(T("stype")), trim=c(20, 40)); psr <- calibrated(jk1, list(T("stype"))); rkr <- calibrated(jk1_no, list(T("stype"), T("comp")))
for (d in list(list("post-stratified clusters",ps), list("post-stratified strata",ps2), list("post-stratified cells",ps3), list("raked clusters",rk), list("raked strata",rk2), list("raked weights",rk3), list("trimmed",tr), list("trimmed clusters",tr2),
    list("post-stratified replicates",psr), list("raked replicates",rkr))) {
  one("mean", d[[1]], d[[2]], "api00"); one("mean", paste(d[[1]], "by type"), d[[2]], "api00", by="stype"); one("total", d[[1]], d[[2]], "enroll"); one("ratio", d[[1]], d[[2]], "stu", below="enroll")
  one("share", d[[1]], d[[2]], "both", "api00 > 600", "api00 > 600"); one("count", d[[1]], d[[2]], "both"); one("quantile", d[[1]], d[[2]], "api00", at=c(.25,.5)); compare(d[[1]], d[[2]], "both", "stype", test=!grepl("post|raked|trim", d[[1]]))
}

write(toJSON(list(survey_version=as.character(packageVersion("survey")), cases=cases), digits=NA, auto_unbox=TRUE, null="null", na="null"), file.path(out, "more_cases.json"))
file.remove(path("nhanes_thin"), path("strat_thin"))
cat("cases:", length(cases), "\n")
print(table(sapply(cases, `[[`, "kind")))

# lmer on the data of jobs/benchmark: Rscript lmer.R FILE.csv FORMULA  Prints the seconds of the fit.
args <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(lme4))
data <- read.csv(args[1], colClasses = "numeric")
time <- system.time(suppressWarnings(
  lmer(as.formula(args[2]), data, REML = FALSE, control = lmerControl(calc.derivs = FALSE))))
cat(time[["elapsed"]], "\n")

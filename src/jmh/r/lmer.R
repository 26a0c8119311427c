# lmer on the data of jobs/benchmark: Rscript lmer.R FILE.csv FORMULA...  Prints the seconds of each fit, a line a formula.
args <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(lme4))
data <- read.csv(args[1], colClasses = "numeric")
for (formula in args[-1]) {
  time <- system.time(suppressWarnings(
    lmer(as.formula(formula), data, REML = FALSE, control = lmerControl(calc.derivs = FALSE))))
  cat(time[["elapsed"]], "\n")
}

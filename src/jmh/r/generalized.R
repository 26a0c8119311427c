# Generalized models on the data of jobs/benchmark: Rscript generalized.R FILE.csv glmer|glmmTMB|clmm FORMULA
# Prints the seconds of the fit: glmer with 7 adaptive points, glmmTMB and clmm (ordered probit) with Laplace's approximation.
args <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(switch(args[2], glmer = "lme4", glmmTMB = "glmmTMB", clmm = "ordinal"),
                                       character.only = TRUE))
data <- read.csv(args[1], colClasses = "numeric")
for (level in c("g", "h")) data[[level]] <- factor(data[[level]])
data$o <- ordered(data$o)
formula <- as.formula(args[3])
time <- system.time(suppressWarnings(switch(args[2],
  glmer = glmer(formula, data, family = binomial, nAGQ = 7, control = glmerControl(calc.derivs = FALSE)),
  glmmTMB = glmmTMB(formula, data, family = binomial),
  clmm = clmm(formula, data = data, link = "probit", Hess = FALSE))))
cat(time[["elapsed"]], "\n")
message(sprintf("%s: %.1f s of processor time", args[2], time[["user.self"]] + time[["sys.self"]]))

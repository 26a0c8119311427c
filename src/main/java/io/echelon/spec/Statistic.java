package io.echelon.spec;

import java.util.Locale;

/** What {@code predict} predicts, by the manual's names. */
public enum Statistic {
    /** xβ, with the offset. */
    XB("Linear prediction, fixed portion"),
    /** Standard error of xβ. */
    STDP("S.E. of the linear prediction, fixed portion"),
    /** xβ + Zu. */
    FITTED("Fitted values, fixed + random portions"),
    /** Response minus fitted values. */
    RESIDUALS("Residuals"),
    /** Residuals over their standard deviation. */
    RSTANDARD("Standardized residuals"),
    /** Predicted random effects. */
    REFFECTS("Random effects"),
    /** Mean response. */
    MU("Mean"),
    /** Probabilities. */
    PR("Predicted probability"),
    /** Linear predictor with random effects. */
    ETA("Linear predictor"),
    /** Density of the response. */
    DENSITY("Density"),
    /** Distribution function of the response. */
    DISTRIBUTION("Distribution function"),
    /** Pearson residuals. */
    PEARSON("Pearson residuals"),
    /** Deviance residuals. */
    DEVIANCE("Deviance residuals"),
    /** Anscombe residuals. */
    ANSCOMBE("Anscombe residuals"),
    /** Mean survival time. */
    MEAN("Predicted mean survival time"),
    /** Median survival time. */
    MEDIAN("Predicted median survival time"),
    /** Hazard at the observed time. */
    HAZARD("Predicted hazard"),
    /** Survivor function at the observed time. */
    SURV("Predicted survivor function"),
    /** First derivatives of the log likelihood, group by group. */
    SCORES("Parameter-level scores");

    private final String title;

    Statistic(String title) {
        this.title = title;
    }

    /** As typed: {@code xb}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What reports call it. */
    public String title() {
        return title;
    }
}

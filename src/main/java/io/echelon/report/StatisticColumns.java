package io.echelon.report;

import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.LinearOptions;
import io.echelon.spec.TableStyle;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** The columns to the right of the names in the coefficient table. */
final class StatisticColumns {
    private static final int ESTIMATES = 22;
    private static final int FREEDOM = 14;
    private static final int TEST = 17;
    private static final int INTERVAL = 25;

    /** Which columns follow the standard errors: degrees of freedom, test statistic with p-value, interval; or names. */
    private record Shown(boolean freedom, boolean test, boolean interval, boolean legend) {
        int width() {
            return legend ? ESTIMATES + TEST + INTERVAL
                    : ESTIMATES + (freedom ? FREEDOM : 0) + (test ? TEST : 0) + (interval ? INTERVAL : 0);
        }
    }

    private final Shown shown;
    private final boolean student;
    private final String coefficientTitle;
    private final boolean exponentiated;
    private final double level;
    private final TableStyle style;

    private StatisticColumns(Shown shown, boolean student, Optional<String> eform, String title, double level,
                             TableStyle style) {
        this.shown = shown;
        this.student = student;
        this.coefficientTitle = eform.orElse(title);
        this.exponentiated = eform.isPresent();
        this.level = level;
        this.style = style;
    }

    /**
     * The columns of a table that is not of a fit.
     *
     * @param student whether tests are t tests
     * @param eform   title where estimates are shown exponentiated
     * @param title   title of the estimates otherwise
     */
    static StatisticColumns of(boolean student, Optional<String> eform, String title, double level) {
        return new StatisticColumns(new Shown(false, true, true, false), student, eform, title, level,
                TableStyle.defaults());
    }

    static StatisticColumns of(Estimates estimates) {
        DisplayOptions display = estimates.spec().display();
        TableStyle style = display.style();
        boolean student = estimates.coefficients().stream().anyMatch(c -> !Double.isNaN(c.df()));
        LinearOptions.DfTable table = estimates.spec().linear().dftable().orElse(LinearOptions.DfTable.DEFAULT);
        Shown shown = new Shown(table != LinearOptions.DfTable.DEFAULT,
                table != LinearOptions.DfTable.CI && !style.nopvalues(),
                table != LinearOptions.DfTable.PVALUE && !style.noci(), display.coeflegend());
        return new StatisticColumns(shown, student, display.eform(), "Coef.", display.level(), style);
    }

    /** Width of all columns. */
    int width() {
        return shown.width();
    }

    String heading() {
        String title = StataFormat.pad(coefficientTitle, 11);
        if (shown.legend) {
            return title + "  Legend";
        }
        String test = (student ? "t    P>|t|" : "z    P>|z|");
        StringBuilder heading = new StringBuilder(title).append("   Std. Err.");
        if (shown.freedom) {
            heading.append("           DF");
        }
        if (shown.test) {
            heading.append(shown.freedom ? "       " : "      ").append(test);
        }
        if (shown.interval) {
            heading.append(StataFormat.pad(interval(level), ESTIMATES + (shown.freedom ? FREEDOM : 0)
                    + (shown.test ? TEST : 0) + INTERVAL - heading.length()));
        }
        return heading.toString();
    }

    /** The line above the heading that says the standard errors are robust; columns begin where they do in all tables. */
    static String robust() {
        return StataFormat.pad("Robust", 21);
    }

    /** {@code [95% Conf. Interval]}. */
    static String interval(double level) {
        return "[" + StataFormat.general(level, 9).strip() + "% Conf. Interval]";
    }

    /** An estimate, standard error or limit. */
    static String number(double x, TableStyle style) {
        return style.cformat().map(f -> StataFormat.formatted(x, f, 9)).orElseGet(() -> StataFormat.general(x, 9));
    }

    private String number(double x) {
        return number(x, style);
    }

    String row(Coefficient c) {
        boolean exponential = exponentiated && !c.term().startsWith("/");
        double b = exponential ? Math.exp(c.estimate()) : c.estimate();
        if (shown.legend) {
            return "  " + number(b) + "  _b[" + c.term() + "]";
        }
        return switch (c.status()) {
            case BASE -> unestimated(b, "(base)");
            case OMITTED -> unestimated(b, "(omitted)");
            case EMPTY -> unestimated(b, "(empty)");
            case ESTIMATED -> exponential
                    ? cells(b, b * c.stdError(), c.df(), c.statistic(), c.pValue(), Math.exp(c.confLow()),
                            Math.exp(c.confHigh()))
                    : cells(b, c.stdError(), c.df(), c.statistic(), c.pValue(), c.confLow(), c.confHigh());
        };
    }

    /** A coefficient that is not estimated but given: {@code 1  (exposure)}. */
    String given(double b, String why) {
        return unestimated(b, "(" + why + ")");
    }

    private String unestimated(double b, String why) {
        return "  " + number(b) + "  " + why;
    }

    /** A parameter of the maximisation, tested by its normal approximation. */
    String parameter(VarianceComponent p) {
        double z = p.estimate() / p.stdError();
        double pValue = 2 * new NormalDistribution().cumulativeProbability(-Math.abs(z));
        return shown.legend ? "  " + number(p.estimate()) + "  _b[" + p.term() + "]"
                : cells(p.estimate(), p.stdError(), Double.NaN, z, pValue, p.confLow(), p.confHigh());
    }

    /** A variance, which is not tested, or a covariance, which is. */
    String component(VarianceComponent c, boolean covariance, boolean constrained) {
        if (shown.legend || covariance && !constrained) {
            return parameter(c);
        }
        if (constrained) {
            return unestimated(c.estimate(), "(constrained)");
        }
        return ("  " + number(c.estimate()) + "  " + number(c.stdError()) + " ".repeat(shown.test ? TEST : 0)
                + (shown.interval ? interval(c.confLow(), c.confHigh()) : "")).stripTrailing();
    }

    private String interval(double low, double high) {
        return "    " + number(low) + "   " + number(high);
    }

    private String cells(double b, double se, double df, double statistic, double p, double low, double high) {
        String value = style.sformat().map(f -> StataFormat.formatted(statistic, f, 8))
                .orElseGet(() -> StataFormat.fixed(statistic, 8, 2));
        String tail = style.pformat().map(f -> StataFormat.formatted(p, f, 5)).orElseGet(() -> StataFormat.fixed(p, 5, 3));
        return "  " + number(b) + "  " + number(se) + (shown.freedom ? StataFormat.fixed(df, FREEDOM, 1) : "")
                + (shown.test ? " " + value + "   " + tail : "") + (shown.interval ? interval(low, high) : "");
    }
}

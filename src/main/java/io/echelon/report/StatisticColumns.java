package io.echelon.report;

import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.LinearOptions;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;

/** The columns to the right of the names in the coefficient table. */
final class StatisticColumns {
    /** Which columns follow the standard errors. */
    private enum Layout {
        /** Test statistic, p-value and confidence interval. */
        STANDARD(64),
        /** Degrees of freedom and confidence interval. */
        DF_INTERVAL(61),
        /** Degrees of freedom, test statistic and p-value. */
        DF_TEST(53),
        /** Names of the coefficients. */
        LEGEND(64);

        private final int width;

        Layout(int width) {
            this.width = width;
        }
    }

    private final Layout layout;
    private final boolean student;
    private final String coefficientTitle;
    private final boolean exponentiated;
    private final double level;

    private StatisticColumns(Layout layout, boolean student, Optional<String> eform, String title, double level) {
        this.layout = layout;
        this.student = student;
        this.coefficientTitle = eform.orElse(title);
        this.exponentiated = eform.isPresent();
        this.level = level;
    }

    /**
     * The columns of a table that is not of a fit.
     *
     * @param student whether tests are t tests
     * @param eform   title where estimates are shown exponentiated
     * @param title   title of the estimates otherwise
     */
    static StatisticColumns of(boolean student, Optional<String> eform, String title, double level) {
        return new StatisticColumns(Layout.STANDARD, student, eform, title, level);
    }

    static StatisticColumns of(Estimates estimates) {
        DisplayOptions display = estimates.spec().display();
        boolean student = estimates.coefficients().stream().anyMatch(c -> !Double.isNaN(c.df()));
        LinearOptions.DfTable table = estimates.spec().linear().dftable().orElse(LinearOptions.DfTable.DEFAULT);
        Layout layout = display.coeflegend() ? Layout.LEGEND : switch (table) {
            case DEFAULT -> Layout.STANDARD;
            case CI -> Layout.DF_INTERVAL;
            case PVALUE -> Layout.DF_TEST;
        };
        return new StatisticColumns(layout, student, display.eform(), "Coef.", display.level());
    }

    /** Width of all columns. */
    int width() {
        return layout.width;
    }

    String heading() {
        String test = student ? "t    P>|t|" : "z    P>|z|";
        String interval = StataFormat.pad(interval(level), 25);
        return StataFormat.pad(coefficientTitle, 11) + switch (layout) {
            case STANDARD -> "   Std. Err.      " + test + interval;
            case DF_INTERVAL -> "   Std. Err.           DF" + interval;
            case DF_TEST -> "   Std. Err.           DF       " + test;
            case LEGEND -> "  Legend";
        };
    }

    /** The line above the heading that says the standard errors are robust; columns begin where they do in all tables. */
    static String robust() {
        return StataFormat.pad("Robust", 21);
    }

    /** {@code [95% Conf. Interval]}. */
    static String interval(double level) {
        return "[" + StataFormat.general(level, 9).strip() + "% Conf. Interval]";
    }

    String row(Coefficient c) {
        boolean exponential = exponentiated && !c.term().startsWith("/");
        double b = exponential ? Math.exp(c.estimate()) : c.estimate();
        String estimate = "  " + StataFormat.general(b, 9);
        if (layout == Layout.LEGEND) {
            return estimate + "  _b[" + c.term() + "]";
        }
        return switch (c.status()) {
            case BASE -> estimate + "  (base)";
            case OMITTED -> estimate + "  (omitted)";
            case EMPTY -> estimate + "  (empty)";
            case ESTIMATED -> exponential
                    ? cells(b, b * c.stdError(), c.df(), c.statistic(), c.pValue(), Math.exp(c.confLow()),
                            Math.exp(c.confHigh()))
                    : cells(b, c.stdError(), c.df(), c.statistic(), c.pValue(), c.confLow(), c.confHigh());
        };
    }

    /** A parameter of the maximisation, tested by its normal approximation. */
    String parameter(VarianceComponent p) {
        double z = p.estimate() / p.stdError();
        double pValue = 2 * new NormalDistribution().cumulativeProbability(-Math.abs(z));
        return layout == Layout.LEGEND ? "  " + StataFormat.general(p.estimate(), 9) + "  _b[" + p.term() + "]"
                : cells(p.estimate(), p.stdError(), Double.NaN, z, pValue, p.confLow(), p.confHigh());
    }

    /** A variance, which is not tested, or a covariance, which is. */
    String component(VarianceComponent c, boolean covariance, boolean constrained) {
        if (layout == Layout.LEGEND || covariance && !constrained) {
            return parameter(c);
        }
        String estimate = "  " + StataFormat.general(c.estimate(), 9);
        return constrained ? estimate + "  (constrained)"
                : estimate + "  " + StataFormat.general(c.stdError(), 9) + " ".repeat(17)
                        + interval(c.confLow(), c.confHigh());
    }

    private static String interval(double low, double high) {
        return "    " + StataFormat.general(low, 9) + "   " + StataFormat.general(high, 9);
    }

    private String cells(double b, double se, double df, double statistic, double p, double low, double high) {
        String test = " " + StataFormat.fixed(statistic, 8, 2) + "   " + StataFormat.fixed(p, 5, 3);
        String interval = interval(low, high);
        String freedom = StataFormat.fixed(df, 14, 1);
        return "  " + StataFormat.general(b, 9) + "  " + StataFormat.general(se, 9) + switch (layout) {
            case STANDARD, LEGEND -> test + interval;
            case DF_INTERVAL -> freedom + interval;
            case DF_TEST -> freedom + test;
        };
    }
}

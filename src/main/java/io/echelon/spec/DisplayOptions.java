package io.echelon.spec;

import java.io.Serializable;
import java.util.Optional;

/**
 * What the report shows and how; nothing here changes an estimate.
 *
 * @param level         confidence level in percent (95)
 * @param metric        how random-effects parameters are shown
 * @param noretable     no random-effects table
 * @param nofetable     no fixed-effects table
 * @param noheader      no header
 * @param nogroup       no table of groups
 * @param nolog         no iteration log
 * @param nolrtest      no test against the model without random effects
 * @param noomitted     leave omitted terms out of the table
 * @param baselevels    show base levels of main effects; {@code allbaselevels} sets both
 * @param allbaselevels show base levels of interactions too
 * @param noemptycells  leave empty cells out
 * @param nofvlabel     show level values instead of labels
 * @param eform         exponentiated coefficients with this column title ({@code Odds Ratio}, {@code IRR}, {@code Haz. Ratio}, ...)
 * @param nocnsreport   no constraints in the header
 * @param coeflegend    show the names of the coefficients
 * @param style         how numbers and names are laid out
 * @param noshow        not what {@code stset} declared
 */
public record DisplayOptions(double level, Metric metric, boolean noretable, boolean nofetable, boolean noheader,
                             boolean nogroup, boolean nolog, boolean nolrtest, boolean noomitted, boolean baselevels,
                             boolean allbaselevels, boolean noemptycells, boolean nofvlabel, Optional<String> eform,
                             boolean nocnsreport, boolean coeflegend, TableStyle style,
                             boolean noshow) implements Serializable {
    /** With the manual's layout. */
    public DisplayOptions(double level, Metric metric, boolean noretable, boolean nofetable, boolean noheader,
                          boolean nogroup, boolean nolog, boolean nolrtest, boolean noomitted, boolean baselevels,
                          boolean allbaselevels, boolean noemptycells, boolean nofvlabel, Optional<String> eform,
                          boolean nocnsreport, boolean coeflegend) {
        this(level, metric, noretable, nofetable, noheader, nogroup, nolog, nolrtest, noomitted, baselevels, allbaselevels,
                noemptycells, nofvlabel, eform, nocnsreport, coeflegend, TableStyle.defaults(), false);
    }

    /** The metric of the random-effects table. */
    public enum Metric {
        /** Variances and covariances (the default). */
        VARIANCE,
        /** Standard deviations and correlations. */
        STANDARD_DEVIATION,
        /** The parameters in which the likelihood is maximised. */
        ESTIMATION
    }

    /** The same without the iteration log, with coefficients exponentiated under another title, or not. */
    public DisplayOptions again(Optional<String> otherEform) {
        return new DisplayOptions(level, metric, noretable, nofetable, noheader, nogroup, true, nolrtest, noomitted,
                baselevels, allbaselevels, noemptycells, nofvlabel, otherEform, nocnsreport, coeflegend, style, noshow);
    }

    /** The manual's defaults. */
    public static DisplayOptions defaults() {
        return new DisplayOptions(95, Metric.VARIANCE, false, false, false, false, false, false, false, false, false,
                false, false, Optional.empty(), false, false);
    }
}

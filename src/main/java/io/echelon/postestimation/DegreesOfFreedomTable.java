package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.spec.LinearOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code estat df}: denominator degrees of freedom of the coefficients by the method of the fit.
 *
 * @param method the method
 */
public record DegreesOfFreedomTable(LinearOptions.DfMethod.Name method, String response, List<Row> rows)
        implements Answer {
    public DegreesOfFreedomTable {
        rows = List.copyOf(rows);
    }

    /** The degrees of freedom of a fit. */
    public static DegreesOfFreedomTable of(Results results) {
        LinearOptions.DfMethod method = results.estimates().spec().linear().dfMethod()
                .orElseThrow(() -> EchelonException.misuse("estat df needs a model fitted by mixed with dfmethod(), such as"
                        + " dfmethod(satterthwaite)"));
        List<Row> rows = results.estimates().coefficients().stream()
                .filter(c -> c.status() == Column.Status.ESTIMATED)
                .map(c -> new Row(c.term(), c.estimate(), c.stdError(), c.statistic(), c.df(), c.pValue(), c.confLow(),
                        c.confHigh())).toList();
        return new DegreesOfFreedomTable(method.name(), results.estimates().spec().fixed().response(), rows);
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("method", method.name().toLowerCase(Locale.ROOT));
    }
}

package io.echelon.spark;

import io.echelon.design.Binding;
import io.echelon.design.Design;
import io.echelon.fit.Estimates;
import io.echelon.fit.RandomEffects;
import io.echelon.postestimation.Results;
import io.echelon.spark.expression.Rows;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The result of an estimation command, of this session or stored by another.
 *
 * @param results       the values
 * @param binding       what the design was bound to
 * @param data          the data set as it was at estimation; for stored results the data set of this session, or where it
 *                      has none that of the origin
 * @param randomEffects makes the table of predicted random effects: level, group, term, estimate, std_error,
 *                      mode, mode_std_error
 * @param predicted     the same random effects as arrays, which many groups need; empty where there is the table only
 * @param estimation    the data set of the estimation, for stored results too if it is known where it came from
 * @param origin        where the data come from, where it is known
 */
public record Fitted(Results results, Binding binding, Supplier<Dataset<Row>> data, Supplier<Dataset<Row>> randomEffects,
                     Optional<Supplier<List<RandomEffects>>> predicted,
                     Supplier<Dataset<Row>> estimation, Optional<DataOrigin> origin) implements Outcome {
    /** A fit to data of which it is not known where they come from. */
    public Fitted(Results results, Binding binding, Supplier<Dataset<Row>> data, Supplier<Dataset<Row>> randomEffects) {
        this(results, binding, data, randomEffects, Optional.empty(), data, Optional.empty());
    }

    /** The same fit to data from there. */
    Fitted from(Optional<DataOrigin> place) {
        return new Fitted(results, binding, data, randomEffects, predicted, estimation, place);
    }

    /** The same with other results. */
    Fitted with(Results others) {
        return new Fitted(others, binding, data, randomEffects, predicted, estimation, origin);
    }

    /** The design with collinear columns marked omitted. */
    public Design design() {
        return results.design();
    }

    /** The saved results. */
    public Estimates estimates() {
        return results.estimates();
    }

    /** The rows that {@code if} and {@code in} of the command select, those with missing values included. */
    public Dataset<Row> sample() {
        return Rows.of(data.get(), estimates().spec().sample());
    }

    /** The same of the data set of the estimation. */
    public Dataset<Row> estimationSample() {
        return Rows.of(estimation.get(), estimates().spec().sample());
    }
}

package io.echelon.spark;

import io.echelon.design.Design;
import io.echelon.fit.Estimates;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The result of an estimation command.
 *
 * @param design        the design with collinear columns marked omitted
 * @param estimates     the saved results
 * @param randomEffects makes the table of predicted random effects: level, group, term, estimate, std_error
 */
public record Fitted(Design design, Estimates estimates, Supplier<Dataset<Row>> randomEffects) {}

package io.echelon.spark.predict;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.echelon.design.Source;
import io.echelon.error.EchelonException;
import io.echelon.postestimation.predict.StandardizedResiduals;
import io.echelon.spark.read.Schemas;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/** Standardizes residuals that are correlated within the innermost groups, whose rows come together for it. */
final class WhitenedResiduals {
    /** Rows of a group, whose covariance matrix is made whole. */
    private static final int MOST_ROWS = 5000;
    /** Names that no variable can have. */
    private static final String ROW = "#row";
    private static final String GROUP = "#group";
    private static final String TIME = "#time";
    private static final String CATEGORY = "#category";

    private WhitenedResiduals() {}

    /**
     * The data set with standardized residuals in place of residuals, its rows in their order.
     *
     * @param name     variable with the residuals
     * @param grouping variables that tell the innermost groups apart
     */
    static Dataset<Row> of(Dataset<Row> data, String name, StandardizedResiduals residuals, List<Source> sources,
                           List<String> grouping) {
        Column key = lit("g");
        for (String variable : grouping) {
            key = concat(key, lit(">"), PredictionInputs.key(variable, data.schema()).cast("string"));
        }
        Dataset<Row> numbered = data.withColumn(ROW, functions.monotonically_increasing_id())
                .withColumn(TIME, source(residuals.time(), sources))
                .withColumn(CATEGORY, source(residuals.by(), sources));
        // Rows without a residual are groups of their own, so that they do not come together in one partition.
        Dataset<Row> grouped = numbered.withColumn(GROUP, functions.coalesce(when(col(name).isNotNull(), key),
                concat(lit("r"), col(ROW).cast("string")))).repartition(col(GROUP)).sortWithinPartitions(GROUP, ROW);
        int[] places = {grouped.schema().fieldIndex(GROUP), grouped.schema().fieldIndex(name),
                grouped.schema().fieldIndex(TIME), grouped.schema().fieldIndex(CATEGORY)};
        int width = sources.size();
        MapPartitionsFunction<Row, Row> whiten = rows -> new Groups(rows, places, residuals, width);
        return grouped.mapPartitions(whiten, Encoders.row(grouped.schema())).orderBy(ROW).drop(ROW, GROUP, TIME, CATEGORY);
    }

    /** The values of a source; strings as the numbers of their labels. */
    private static Column source(OptionalInt place, List<Source> sources) {
        if (place.isEmpty()) {
            return lit(0.0);
        }
        Source source = sources.get(place.getAsInt());
        Column column = Schemas.column(source.name());
        return source.labels().map(labels -> functions.array_position(functions.lit(labels.toArray(String[]::new)), column))
                .orElse(column).cast("double");
    }

    /** The rows of a partition, one group after the other. */
    private static final class Groups implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final int[] places;
        private final StandardizedResiduals residuals;
        private final int width;
        private Iterator<Row> done = List.<Row>of().iterator();
        private Row next;

        Groups(Iterator<Row> rows, int[] places, StandardizedResiduals residuals, int width) {
            this.rows = rows;
            this.places = places;
            this.residuals = residuals;
            this.width = width;
            next = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            return done.hasNext() || next != null;
        }

        @Override
        public Row next() {
            if (!done.hasNext()) {
                if (next == null) {
                    throw new NoSuchElementException();
                }
                done = group();
            }
            return done.next();
        }

        private Iterator<Row> group() {
            List<Row> group = new ArrayList<>();
            String key = next.getString(places[0]);
            while (next != null && next.getString(places[0]).equals(key)) {
                group.add(next);
                next = rows.hasNext() ? rows.next() : null;
            }
            if (group.get(0).isNullAt(places[1])) {
                return group.iterator();
            }
            if (group.size() > MOST_ROWS) {
                throw EchelonException.failure("predict, rstandard: a group has " + group.size() + " rows, and the covariance"
                        + " matrix of its residuals is made for at most " + MOST_ROWS + "; use residuals");
            }
            List<double[]> sources = new ArrayList<>();
            double[] e = new double[group.size()];
            for (int i = 0; i < e.length; i++) {
                double[] row = new double[width];
                residuals.time().ifPresent(t -> row[t] = group.get(sources.size()).getDouble(places[2]));
                residuals.by().ifPresent(b -> row[b] = group.get(sources.size()).getDouble(places[3]));
                sources.add(row);
                e[i] = group.get(i).getDouble(places[1]);
            }
            double[] standard = residuals.of(sources, e);
            for (int i = 0; i < e.length; i++) {
                Object[] values = new Object[group.get(i).size()];
                for (int c = 0; c < values.length; c++) {
                    values[c] = group.get(i).get(c);
                }
                values[places[1]] = Double.isNaN(standard[i]) ? null : (Object) standard[i];
                group.set(i, RowFactory.create(values));
            }
            return group.iterator();
        }
    }
}

package io.echelon.spark.expression;

import io.echelon.spec.Expression;
import io.echelon.spec.Sample;
import io.echelon.spec.Subset;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A data set with what a command with {@code if} and {@code in} needs to see of it.
 *
 * @param data      the data set, with {@code _n} where the command speaks of row numbers
 * @param condition which rows the command touches; empty for all
 * @param numbered  whether {@code _n} was added
 */
public record Rows(Dataset<Row> data, Optional<Column> condition, boolean numbered) {

    /** The rows of a command with this subset and these expressions. */
    public static Rows of(Dataset<Row> data, Subset subset, Expression... expressions) {
        boolean numbered = subset.range().isPresent() || subset.condition().filter(RowNumbers::used).isPresent();
        for (Expression e : expressions) {
            numbered |= RowNumbers.used(e);
        }
        Dataset<Row> seen = numbered ? RowNumbers.add(data) : data;
        Optional<Column> condition = subset.condition().map(new ExpressionTranslator(seen)::condition);
        Optional<Column> range = subset.range().map(r -> RowNumbers.within(r, data));
        Optional<Column> both = condition.isPresent() && range.isPresent()
                ? Optional.of(condition.get().and(range.get())) : condition.or(() -> range);
        return new Rows(seen, both, numbered);
    }

    /** The rows an estimation command uses, before missing values are dropped. */
    public static Dataset<Row> of(Dataset<Row> data, Sample sample) {
        return of(data, new Subset(sample.condition(), sample.range())).selected();
    }

    /** The rows the command touches. */
    public Dataset<Row> selected() {
        return clean(condition.map(data::filter).orElse(data));
    }

    /** The rows the command does not touch. */
    public Dataset<Row> others() {
        return clean(condition.map(c -> data.filter(c.unary_$bang())).orElseGet(() -> data.limit(0)));
    }

    /** A data set made of {@link #data} without the row numbers. */
    public Dataset<Row> clean(Dataset<Row> made) {
        return numbered ? made.drop(RowNumbers.NUMBER) : made;
    }
}

package io.echelon.spark.pictures;

import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.picture.Picture;
import io.echelon.picture.PointCloud;
import io.echelon.picture.ScatterMatrix;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.pack.SampleRows;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Expression;
import io.echelon.spec.Plot;
import io.echelon.spec.Subset;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Pictures of the variables of a data set, in one pass over its rows. */
final class DataPictures {
    private DataPictures() {}

    /** Normal quantiles of a variable. */
    static Picture quantiles(Dataset<Row> data, String variable, Subset subset, Optional<String> title) {
        String name = numeric(data, List.of(variable)).get(0);
        ValueSummary values = numbers(data, List.of(name), subset).merged(DataPictures::values, ValueSummary::merge);
        requireValues("qnorm " + name, values.count());
        return values.plot(title.orElse("Normal quantiles of " + name), observations(values.count()), name);
    }

    private static ValueSummary values(Iterator<InternalRow> rows) {
        ValueSummary values = new ValueSummary();
        rows.forEachRemaining(r -> values.add(number(r, 0)));
        return values;
    }

    /** Every variable against every other. */
    static Picture matrix(Dataset<Row> data, Plot.Matrix plot, Optional<String> title) {
        List<String> names = numeric(data, plot.variables());
        if (names.size() < 2 || names.size() > ScatterMatrix.MOST_VARIABLES) {
            throw EchelonException.misuse("graph matrix draws 2 to " + ScatterMatrix.MOST_VARIABLES
                    + " variables against each other, not " + names.size());
        }
        int k = names.size();
        PointCloud[] clouds = numbers(data, names, plot.subset()).merged(rows -> clouds(rows, k), DataPictures::merge);
        long rows = IntStream.range(0, clouds.length).mapToLong(c -> clouds[c].count()).max().orElse(0);
        requireValues("graph matrix", rows);
        return new ScatterMatrix(title.orElse("Scatter matrix"), observations(rows), names, List.of(clouds));
    }

    private static PointCloud[] clouds(Iterator<InternalRow> rows, int variables) {
        PointCloud[] clouds = new PointCloud[variables * (variables - 1) / 2];
        for (int c = 0; c < clouds.length; c++) {
            clouds[c] = new PointCloud();
        }
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            for (int j = 1; j < variables; j++) {
                for (int i = 0; i < j; i++) {
                    clouds[ScatterMatrix.place(i, j)].add(number(row, i), number(row, j));
                }
            }
        }
        return clouds;
    }

    private static PointCloud[] merge(PointCloud[] a, PointCloud[] b) {
        for (int c = 0; c < a.length; c++) {
            a[c].merge(b[c]);
        }
        return a;
    }

    private static List<String> numeric(Dataset<Row> data, List<String> patterns) {
        return Schemas.of(data.schema()).expandAll(patterns).stream().map(Schema.Variable::name).distinct().toList();
    }

    private static SampleRows numbers(Dataset<Row> data, List<String> names, Subset subset) {
        Dataset<Row> selected = Rows.of(data, subset).selected();
        ExpressionTranslator translator = new ExpressionTranslator(selected);
        return new SampleRows(selected.select(names.stream().map(n -> translator.number(new Expression.Name(n)))
                .toArray(Column[]::new)));
    }

    private static double number(InternalRow row, int column) {
        return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
    }

    private static void requireValues(String what, long count) {
        if (count == 0) {
            throw EchelonException.failure(what + ": no row has values that could be drawn");
        }
    }

    /** {@code 180 observations}. */
    static String observations(long n) {
        return String.format(Locale.ROOT, "%,d observation%s", n, n == 1 ? "" : "s");
    }
}

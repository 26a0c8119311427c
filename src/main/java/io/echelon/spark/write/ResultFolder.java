package io.echelon.spark.write;

import io.echelon.error.EchelonException;
import io.echelon.report.BindingDocument;
import io.echelon.report.FreedomDocument;
import io.echelon.report.Table;
import io.echelon.report.Tables;
import io.echelon.spark.Fitted;
import io.echelon.spark.DataOrigin;
import io.echelon.spark.pack.SampleRows;
import io.echelon.spark.read.SparkFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A folder with the results of a job as Parquet tables: {@code fit, coefficients, variance_components, vcov, groups,
 * iterations, random_effects}. The column {@code model} numbers the estimation commands of the job from 1. Everything is
 * written beside the folder first and moved into place at the end, so that no reader ever sees half of it.
 */
public final class ResultFolder {
    /** The tables in a folder. */
    public static final List<String> TABLES = List.of("fit", "coefficients", "variance_components", "vcov", "groups",
            "iterations", "random_effects");
    /** The page of a job in its folder. */
    public static final String REPORT = "report.html";
    /** Where pictures that no file holds are written in a folder. */
    public static final String PICTURES = "pictures";
    private static final String RANDOM_EFFECTS = "random_effects";
    private static final String PREDICTIONS = "predictions";
    private static final String MODEL = "model";
    private static final Set<String> RESULTS = Stream.concat(TABLES.stream(), Stream.of(PREDICTIONS, PICTURES, REPORT))
            .collect(Collectors.toSet());

    private final SparkSession spark;
    private final OutputPlace place;

    /**
     * A folder to write to.
     *
     * @param replace whether results that are in it are replaced
     * @throws EchelonException if it exists and is not to be replaced, holds anything but results, or cannot be written to
     */
    public ResultFolder(SparkSession spark, String folder, boolean replace) {
        this.spark = spark;
        place = new OutputPlace(spark, folder, replace, RESULTS);
    }

    /**
     * Writes the tables of these fits, and the rows with predicted variables to the table {@code predictions}.
     *
     * @param names       names under which a fit is kept
     * @param predictions the data set with predicted variables
     * @param documents   files beside the tables, by their names from the folder on
     */
    public void write(List<Fitted> fits, Function<Fitted, List<String>> names, Optional<Dataset<Row>> predictions,
                      Map<String, String> documents) {
        if (fits.isEmpty() && predictions.isEmpty()) {
            throw EchelonException.misuse("there is nothing to write to " + place + ": no model was fitted");
        }
        List<EchelonException> unpredicted = new ArrayList<>();
        place.write(temporary -> {
            tables(fits, names).forEach((name, table) ->
                    table.coalesce(1).write().parquet(new Path(temporary, name).toString()));
            for (Map.Entry<String, String> document : documents.entrySet()) {
                place.write(new Path(temporary, document.getKey()), document.getValue().getBytes(StandardCharsets.UTF_8));
            }
            predictions.flatMap(rows -> predicted(rows, new Path(temporary, PREDICTIONS))).ifPresent(unpredicted::add);
        });
        if (!unpredicted.isEmpty()) {
            throw unpredicted.get(0);
        }
    }

    /** Writes the predictions; why that failed, if it did: rows are computed as they are written, and what was fitted stays. */
    private Optional<EchelonException> predicted(Dataset<Row> rows, Path table) {
        try {
            small(rows).write().parquet(table.toString());
            return Optional.empty();
        } catch (Exception e) {
            place.discard(table);
            return Optional.of(SparkFailure.of("predictions cannot be written to " + place, e));
        }
    }

    /** Rows that are on the driver go to one file, in their order. */
    private static Dataset<Row> small(Dataset<Row> rows) {
        return new SampleRows(rows).onDriver() ? rows.coalesce(1) : rows;
    }

    private Map<String, Dataset<Row>> tables(List<Fitted> fits, Function<Fitted, List<String>> names) {
        Map<String, Dataset<Row>> tables = new LinkedHashMap<>();
        Map<String, List<Table>> values = new LinkedHashMap<>();
        for (int k = 0; k < fits.size(); k++) {
            Fitted fit = fits.get(k);
            for (Table table : Tables.of(fit.estimates())) {
                Table whole = table.name().equals("fit") ? table.with("names", String.join(" ", names.apply(fit)))
                        .with("binding", BindingDocument.write(fit.binding()))
                        .with("freedom", fit.results().freedom().map(FreedomDocument::write).orElse(null))
                        .with("origin", fit.origin().map(DataOrigin::text).orElse(null)) : table;
                values.computeIfAbsent(table.name(), n -> new ArrayList<>()).add(numbered(whole, k + 1));
            }
            Dataset<Row> effects = fits.get(k).randomEffects().get();
            effects = effects.select(functions.lit((long) k + 1).as(MODEL), functions.col("*"));
            tables.merge(RANDOM_EFFECTS, effects, Dataset::unionAll);
        }
        values.forEach((name, parts) -> tables.put(name, TableFrames.of(spark, stacked(parts))));
        return tables;
    }

    private static Table numbered(Table table, long model) {
        List<Table.Column> columns = new ArrayList<>(List.of(new Table.Column(MODEL, Table.Type.WHOLE)));
        columns.addAll(table.columns());
        List<List<Object>> rows = new ArrayList<>();
        for (List<Object> row : table.rows()) {
            List<Object> longer = new ArrayList<>();
            longer.add(model);
            longer.addAll(row);
            rows.add(longer);
        }
        return new Table(table.name(), columns, rows);
    }

    private static Table stacked(List<Table> parts) {
        List<List<Object>> rows = new ArrayList<>();
        parts.forEach(p -> rows.addAll(p.rows()));
        return new Table(parts.get(0).name(), parts.get(0).columns(), rows);
    }
}

package io.echelon.spark.write;

import io.echelon.error.EchelonException;
import io.echelon.report.BindingDocument;
import io.echelon.report.FreedomDocument;
import io.echelon.report.Table;
import io.echelon.report.Tables;
import io.echelon.spark.Fitted;
import io.echelon.spark.DataOrigin;
import io.echelon.spark.pack.SampleRows;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.hadoop.fs.FileSystem;
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
    private static final String RANDOM_EFFECTS = "random_effects";
    private static final String PREDICTIONS = "predictions";
    private static final String MODEL = "model";

    private final SparkSession spark;
    private final Path folder;
    private final FileSystem files;
    private final boolean replace;

    /**
     * A folder to write to.
     *
     * @param replace whether a folder that exists is replaced
     * @throws EchelonException if it exists and is not to be replaced
     */
    public ResultFolder(SparkSession spark, String folder, boolean replace) {
        this.spark = spark;
        this.replace = replace;
        try {
            Path path = new Path(folder);
            files = path.getFileSystem(
                    ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().newHadoopConf());
            this.folder = files.makeQualified(path);
            if (!replace && files.exists(this.folder)) {
                throw EchelonException.misuse("output folder " + folder + " exists; choose another, or say that it may be replaced");
            }
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
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
            throw EchelonException.misuse("there is nothing to write to " + folder + ": no model was fitted");
        }
        Path temporary = sibling("writing");
        Path old = sibling("old");
        try {
            tables(fits, names).forEach((name, table) ->
                    table.coalesce(1).write().parquet(new Path(temporary, name).toString()));
            predictions.map(ResultFolder::small).ifPresent(p ->
                    p.write().parquet(new Path(temporary, PREDICTIONS).toString()));
            for (Map.Entry<String, String> document : documents.entrySet()) {
                try (OutputStream out = files.create(new Path(temporary, document.getKey()))) {
                    out.write(document.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
            boolean existed = files.exists(folder);
            if (existed && !replace) {
                throw EchelonException.misuse("output folder " + folder + " was made by someone else in the meantime; "
                        + "choose another, or say that it may be replaced");
            }
            if (existed) {
                move(folder, old);
            }
            move(temporary, folder);
            if (existed) {
                files.delete(old, true);
            }
        } catch (IOException e) {
            throw unwritable(folder.toString(), e);
        } finally {
            discard(temporary);
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

    private Path sibling(String purpose) {
        return new Path(folder.getParent(), "." + folder.getName() + "-" + purpose + "-" + UUID.randomUUID());
    }

    private void move(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }

    private void discard(Path path) {
        try {
            files.delete(path, true);
        } catch (IOException e) {
            throw unwritable(path.toString(), e);
        }
    }

    private static EchelonException unwritable(String folder, IOException e) {
        return new EchelonException(EchelonException.Kind.FAILURE,
                "cannot write to " + folder + ": " + e.getMessage(), e);
    }
}

package io.echelon.cli;

import io.echelon.Echelon;
import io.echelon.error.EchelonException;
import io.echelon.fit.Estimates;
import io.echelon.report.JsonReport;
import io.echelon.report.Table;
import io.echelon.report.TableText;
import io.echelon.report.TextReport;
import io.echelon.spark.read.StoredResults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import scala.jdk.javaapi.CollectionConverters;

/** {@code show}: stored results again. */
@Command(name = "show", description = "Print stored fits again, or one of their tables.")
final class ShowVerb implements Callable<Integer> {
    /** Rows of a table held at a time. */
    private static final int PART = 10_000;

    @Parameters(paramLabel = "DIR", description = "The output folder of a job.")
    private String folder;

    @Option(names = "--table", paramLabel = "NAME", description = {"A table instead of the reports: fit, coefficients,",
        "variance_components, vcov, groups, iterations, random_effects, predictions."})
    private Optional<String> table;

    @Option(names = "--format", paramLabel = "text|csv|json", defaultValue = "text",
            description = "csv for tables only (default: ${DEFAULT-VALUE}).")
    private TableText.Format format;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many rows of a table (default: all).")
    private Optional<Integer> limit;

    @Override
    public Integer call() throws IOException {
        if (table.isEmpty() && format == TableText.Format.CSV) {
            throw EchelonException.misuse("--format csv is for a table; name one, such as --table coefficients");
        }
        if (limit.filter(n -> n < 0).isPresent()) {
            throw EchelonException.misuse("--limit must be 0 or more, not " + limit.get());
        }
        try (SparkSession spark = SparkStart.session(Map.of())) {
            StoredResults stored = Echelon.on(spark).stored(folder);
            if (table.isPresent()) {
                Dataset<Row> rows = stored.table(table.get());
                printTable(table.get(), limit.map(rows::limit).orElse(rows));
            } else {
                stored.estimates().forEach(this::print);
            }
        }
        return Main.DONE;
    }

    private void print(Estimates estimates) {
        if (format == TableText.Format.JSON) {
            System.out.println(JsonReport.write(estimates));
        } else {
            System.out.println(". " + estimates.spec().text() + "\n");
            System.out.println(TextReport.of(estimates));
        }
    }

    /** Prints a table part by part, so that one of any length may be shown. */
    private void printTable(String name, Dataset<Row> stored) {
        Dataset<Row> rows = stored.select(Arrays.stream(stored.schema().fields())
                .map(f -> functions.col("`" + f.name() + "`").cast(shown(f.dataType()))).toArray(Column[]::new));
        List<Table.Column> columns = Arrays.stream(rows.schema().fields())
                .map(field -> new Table.Column(field.name(), type(field.dataType()))).toList();
        TableText text = new TableText(format);
        Iterator<Row> all = rows.toLocalIterator();
        do {
            List<List<Object>> part = new ArrayList<>();
            while (all.hasNext() && part.size() < PART) {
                part.add(CollectionConverters.asJava(all.next().toSeq()));
            }
            System.out.print(text.next(new Table(name, columns, part)));
        } while (all.hasNext());
    }

    private static DataType shown(DataType type) {
        boolean whole = type instanceof IntegralType;
        return whole ? DataTypes.LongType : type instanceof NumericType ? DataTypes.DoubleType
                : type.equals(DataTypes.BooleanType) ? type : DataTypes.StringType;
    }

    private static Table.Type type(DataType type) {
        if (type.equals(DataTypes.StringType)) {
            return Table.Type.TEXT;
        }
        if (type.equals(DataTypes.BooleanType)) {
            return Table.Type.FLAG;
        }
        return type.equals(DataTypes.DoubleType) ? Table.Type.NUMBER : Table.Type.WHOLE;
    }
}

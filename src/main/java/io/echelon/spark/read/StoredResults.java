package io.echelon.spark.read;

import io.echelon.design.Binding;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Estimates;
import io.echelon.report.BindingDocument;
import io.echelon.report.FreedomDocument;
import io.echelon.report.JsonReport;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads a folder of results again. */
public final class StoredResults {
    private final SparkSession spark;
    private final Path folder;
    private final List<String> tables;

    /**
     * The results in a folder.
     *
     * @throws EchelonException if there is no such folder, or it holds no results
     */
    public StoredResults(SparkSession spark, String folder) {
        this.spark = spark;
        this.folder = new Path(folder);
        try {
            FileSystem files = this.folder.getFileSystem(
                    ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().newHadoopConf());
            if (!files.exists(this.folder) || !files.getFileStatus(this.folder).isDirectory()) {
                throw EchelonException.misuse((files.exists(this.folder) ? "not a folder: " : "no such folder: ") + folder);
            }
            tables = Arrays.stream(files.listStatus(this.folder)).filter(FileStatus::isDirectory)
                    .map(s -> s.getPath().getName()).sorted().toList();
        } catch (IOException | IllegalArgumentException e) {
            throw new EchelonException(EchelonException.Kind.FAILURE, "cannot read " + folder + ": " + e.getMessage(), e);
        }
        if (!tables.contains("fit")) {
            throw EchelonException.misuse(folder + " holds no results of a fit (no table named fit in it)");
        }
    }

    /** The fits in the order of their commands. */
    public List<Estimates> estimates() {
        return table("fit").orderBy("model").select("document").collectAsList().stream()
                .map(r -> JsonReport.read(r.getString(0))).toList();
    }

    /**
     * A fit as it was stored.
     *
     * @param model   its number, from 1
     * @param names   under which {@code estimates store} kept it
     * @param binding what its design is made of besides the command
     * @param freedom denominator degrees of freedom, where it has them
     * @param origin  where its data come from, as a document, where it is known
     */
    public record StoredFit(long model, List<String> names, Estimates estimates, Binding binding,
                            Optional<DenominatorDf> freedom, Optional<String> origin) {}

    /**
     * The fits with what their designs are made of.
     *
     * @throws EchelonException if the folder was written before these were kept
     */
    public List<StoredFit> fits() {
        Dataset<Row> fits = table("fit");
        if (!List.of(fits.columns()).contains("origin")) {
            throw EchelonException.failure("the fits in " + folder + " were stored by an earlier version, which kept too little"
                    + " to go on with: fit the models again");
        }
        return fits.orderBy("model").select("model", "names", "document", "binding", "freedom", "origin").collectAsList().stream()
                .map(StoredResults::fit).toList();
    }

    private static StoredFit fit(Row r) {
        return new StoredFit(r.getLong(0), Arrays.stream(r.getString(1).split(" ")).filter(n -> !n.isEmpty()).toList(),
                JsonReport.read(r.getString(2)), BindingDocument.read(r.getString(3)),
                Optional.ofNullable(r.getString(4)).map(FreedomDocument::read), Optional.ofNullable(r.getString(5)));
    }

    /** One of the tables. */
    public Dataset<Row> table(String name) {
        if (!tables.contains(name)) {
            throw EchelonException.misuse("no table " + name + " in " + folder + Spelling.hint(name, tables)
                    + " (there are " + String.join(", ", tables) + ")");
        }
        return spark.read().parquet(LiteralPath.of(new Path(folder, name).toString()));
    }

    /** The names of the tables. */
    public List<String> tables() {
        return tables;
    }
}

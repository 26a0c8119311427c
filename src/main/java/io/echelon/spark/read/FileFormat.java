package io.echelon.spark.read;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells the format of a file from its name, and whether the file is what its name says. */
final class FileFormat {
    private static final Map<String, String> EXTENSIONS = Map.of("csv", "csv", "tsv", "csv", "txt", "csv",
            "parquet", "parquet", "pq", "parquet", "orc", "orc", "json", "json", "jsonl", "json", "ndjson", "json",
            "avro", "avro");
    private static final String UTF_16 = "UTF-16";
    private static final String KNOWN = "csv, parquet, orc, json, or the name of a Spark source";

    /** Formats of other programs, and how to leave them. */
    private static final Map<String, String> FOREIGN = Map.of(
            "dta", "a Stata file: write it as text in Stata (export delimited using data.csv, nolabel), or as Parquet in Python"
                    + " (pandas.read_stata(...).to_parquet(...))",
            "sav", "an SPSS file: save it as .csv there, or as Parquet in Python (pandas.read_spss(...).to_parquet(...))",
            "sas7bdat", "a SAS file: write it with PROC EXPORT, or as Parquet in Python (pandas.read_sas(...).to_parquet(...))",
            "rds", "an R file: write it as text in R (write.csv), or as Parquet (arrow::write_parquet)",
            "xlsx", "a workbook: save its sheet as .csv", "xls", "a workbook: save its sheet as .csv");

    private FileFormat() {}

    /** The format by the extension of the file, or of the first file of a folder. */
    static String infer(Optional<String> path, Optional<Path> local) {
        if (path.isEmpty()) {
            throw EchelonException.misuse("the data source needs a path, or a format that needs none (" + KNOWN + ")");
        }
        String extension = path.get().substring(path.get().lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (FOREIGN.containsKey(extension)) {
            throw EchelonException.misuse("cannot read " + path.get() + ", " + FOREIGN.get(extension));
        }
        Optional<String> byName = byExtension(path.get());
        if (byName.isEmpty() && local.isPresent() && Files.isDirectory(local.get())) {
            List<Path> files = files(local.get());
            if (files.isEmpty()) {
                throw EchelonException.failure(path.get() + " holds no data files");
            }
            byName = byExtension(files.get(0).toString());
        }
        return byName.orElseThrow(() -> EchelonException.misuse(
                "cannot tell the format of " + path.get() + " from its name; give the format (--data-format csv, or format: csv"
                        + " in a job): " + KNOWN));
    }

    static EchelonException unknown(String format) {
        return EchelonException.misuse("there is no format " + format + Spelling.hint(format, EXTENSIONS.values())
                + (Spelling.nearest(format, EXTENSIONS.values()).isPresent() ? "" : "; give " + KNOWN));
    }

    /**
     * Refuses files that are empty or begin like something else.
     *
     * @param encoded whether the encoding was given, so that any byte may stand in a text
     */
    static void check(Path path, String format, boolean encoded) {
        Optional<Path> file = files(path).stream().findFirst();
        if (file.isEmpty()) {
            throw EchelonException.failure(path + " holds no data files");
        }
        byte[] start = start(file.get());
        if (start.length == 0) {
            throw EchelonException.failure(file.get() + " is empty");
        }
        Optional<String> other = Optional.empty();
        String found = signature(start);
        if ((format.equals("parquet") || format.equals("orc")) && !found.equals(format)) {
            other = Optional.of(found);
        } else if (found.equals(UTF_16)) {
            if (!encoded) {
                throw EchelonException.failure(file.get() + " is text in UTF-16; give the encoding: --option encoding=UTF-16, or"
                        + " options: {encoding: UTF-16} in a job");
            }
        } else if ((format.equals("csv") || format.equals("json")) && !found.equals("text") && !encoded
                && !file.get().toString().endsWith(".gz") && !file.get().toString().endsWith(".bz2")) {
            other = Optional.of(found);
        }
        other.ifPresent(o -> {
            throw EchelonException.failure(file.get() + " is not " + (format.equals("orc") ? "an " : "a ") + format + " file: it "
                    + (o.equals("binary") ? "holds binary data" : "looks like " + (o.equals("text") ? "text, csv perhaps" : o))
                    + "; give the format it really has");
        });
    }

    static boolean isJsonArray(Path path) {
        if (Files.isDirectory(path)) {
            return false;
        }
        return new String(start(path), StandardCharsets.UTF_8).stripLeading().startsWith("[");
    }

    private static String signature(byte[] start) {
        String head = new String(start, 0, Math.min(4, start.length), StandardCharsets.ISO_8859_1);
        if (head.equals("PAR1")) {
            return "parquet";
        }
        if (head.startsWith("ORC")) {
            return "orc";
        }
        if (head.startsWith("\u00ff\u00fe") || head.startsWith("\u00fe\u00ff")) {
            return UTF_16;
        }
        for (byte b : start) {
            if (b == 0) {
                return "binary";
            }
        }
        return "text";
    }

    private static Optional<String> byExtension(String path) {
        String name = path.toLowerCase(Locale.ROOT).replaceAll("/+$", "").replaceAll("\\.(gz|bz2|zst|snappy)$", "");
        int dot = name.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : Optional.ofNullable(EXTENSIONS.get(name.substring(dot + 1)));
    }

    /** The data files of a folder in the order of their names, or the file itself. */
    static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(Files::isRegularFile).filter(f -> !hidden(path.relativize(f))).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Spark's own rule: names that begin with _ or . are no data. */
    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith("_") && !part.toString().contains("=") || part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static byte[] start(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(512);
        } catch (IOException e) {
            throw EchelonException.failure("cannot read " + file + ": " + e.getMessage());
        }
    }
}

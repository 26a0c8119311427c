package io.echelon.spark.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** What the text of a delimited file tells about how to read it. */
final class CsvText {
    /** In the order of preference where a header holds as many of one as of another. */
    private static final List<String> SEPARATORS = List.of(",", "\t", ";", "|");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CsvText() {}

    /** The separator that the first line of a file holds most often; none for a folder or a line without any. */
    static Optional<String> separator(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (BufferedReader reader = open(file, StandardCharsets.ISO_8859_1)) {
            String header = reader.readLine();
            if (header == null) {
                return Optional.empty();
            }
            String bare = header.replaceAll("\"[^\"]*\"", "");
            String most = SEPARATORS.get(0);
            for (String s : SEPARATORS) {
                most = count(bare, s) > count(bare, most) ? s : most;
            }
            return count(bare, most) == 0 ? Optional.empty() : Optional.of(most);
        }
    }

    /** The lines of a file that are not blank, without a byte order mark. */
    static List<String> lines(Path file, Charset charset) throws IOException {
        try (BufferedReader reader = open(file, charset)) {
            return reader.lines().map(l -> l.startsWith(BYTE_ORDER_MARK) ? l.substring(1) : l)
                    .filter(l -> !l.isBlank()).toList();
        }
    }

    /** Whether a line ends within quotes, so that its record goes on in the next. */
    static boolean endsInQuotes(String line, char quote) {
        return count(line, String.valueOf(quote)) % 2 == 1;
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static BufferedReader open(Path file, Charset charset) throws IOException {
        InputStream raw = Files.newInputStream(file);
        return new BufferedReader(new InputStreamReader(
                file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw, charset));
    }
}

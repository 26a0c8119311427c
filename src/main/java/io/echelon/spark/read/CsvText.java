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
    static final String BYTE_ORDER_MARK = "\uFEFF";
    /** Letters of a line that a message repeats. */
    private static final int SHOWN = 80;

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

    /** {@code ": "} and a line of a file, from 1, for messages; nothing where it is no text. */
    static String shown(Path file, long line) {
        try (BufferedReader reader = open(file, StandardCharsets.UTF_8)) {
            return reader.lines().skip(line - 1).findFirst().filter(l -> l.chars().noneMatch(c -> c == 0 || c == 0xFFFD))
                    .map(l -> ": " + shortened(l)).orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** The beginning of a line, for messages. */
    static String shortened(String line) {
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    }

    /** Whether the bytes of a file can be read here: files packed otherwise than by gzip are left to Spark. */
    static boolean isReadable(Path file) {
        return !file.toString().matches(".*\\.(bz2|zst|snappy|lz4|deflate)");
    }

    /** The bytes of a file, unpacked where it is packed. */
    static InputStream bytes(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    private static BufferedReader open(Path file, Charset charset) throws IOException {
        return new BufferedReader(new InputStreamReader(bytes(file), charset));
    }
}

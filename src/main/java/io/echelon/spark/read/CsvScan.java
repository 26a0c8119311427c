package io.echelon.spark.read;

import io.echelon.error.EchelonException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.catalyst.csv.CSVOptions;

/**
 * One pass over the bytes of a delimited file before Spark reads it. It refuses, with the number of the line, what Spark
 * would silently read as something else: a quote that is not closed, a line with more values than the first one, bytes
 * that are no text in the encoding; and finds out whether values go on over several lines.
 */
final class CsvScan {
    private static final int BUFFER = 1 << 20;

    /** What a byte may mean; any other is {@link #LETTER}. */
    private static final byte LETTER = 0;
    private static final byte SEPARATOR = 1;
    private static final byte QUOTE = 2;
    private static final byte LINE_END = 3;
    private static final byte BLANK = 4;
    private static final byte ESCAPE = 5;
    private static final byte ZERO = 6;

    /** Where in a record the next byte stands. */
    private enum Place { RECORD, VALUE, PLAIN, QUOTED, ESCAPED, CLOSED, COMMENT }

    private final Path file;
    private final boolean utf8;
    private final boolean quoteDoubles;
    private final boolean blanksSkipped;
    private final boolean widthCounts;
    private final int comment;
    private final byte[] meanings = new byte[256];

    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private Place place = Place.RECORD;
    private long line = 1;
    private long recordLine = 1;
    private long quoteLine;
    private long records;
    private boolean multiLine;
    private int width;
    private int values = 1;
    private int continuing;
    private boolean afterReturn;

    private CsvScan(Path file, CSVOptions options, boolean widthCounts) {
        this.file = file;
        this.utf8 = options.charset().equalsIgnoreCase("UTF-8");
        this.quoteDoubles = options.escape() == options.quote();
        this.blanksSkipped = options.ignoreLeadingWhiteSpaceInRead();
        this.widthCounts = widthCounts;
        this.comment = options.isCommentSet() ? options.comment() : -1;
        meanings[' '] = BLANK;
        meanings['\t'] = BLANK;
        meanings[0] = ZERO;
        meanings['\n'] = LINE_END;
        meanings['\r'] = LINE_END;
        if (!quoteDoubles && options.escape() > 0) {
            meanings[options.escape()] = ESCAPE;
        }
        if (options.quote() > 0) {
            meanings[options.quote()] = QUOTE;
        }
        meanings[options.delimiter().charAt(0)] = SEPARATOR;
    }

    /**
     * A file read through.
     *
     * @param widthCounts whether a line may not hold more values than the first
     * @throws EchelonException naming the line that is not as it should be
     */
    static CsvScan of(Path file, CSVOptions options, boolean widthCounts) throws IOException {
        CsvScan scan = new CsvScan(file, options, widthCounts);
        try (InputStream in = new BufferedInputStream(CsvText.bytes(file), BUFFER)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
                scan.read(buffer, n);
            }
        }
        scan.end();
        return scan;
    }

    /** Whether these options are such that bytes have the meanings taken for granted here. */
    static boolean understands(CSVOptions options) {
        return options.delimiter().length() == 1 && options.delimiter().charAt(0) < 128 && options.quote() < 128
                && options.escape() < 128 && options.comment() < 128 && options.lineSeparatorInRead().isEmpty()
                && !wide(options) && options.parameters().get("unescapedquotehandling").isEmpty();
    }

    /** Whether a letter takes two bytes or four, so that no byte is a line end by itself. */
    static boolean wide(CSVOptions options) {
        String charset = options.charset().toUpperCase(Locale.ROOT);
        return charset.startsWith("UTF-16") || charset.startsWith("UTF-32");
    }

    /** Whether a value goes on over several lines. */
    boolean multiLine() {
        return multiLine;
    }

    /** Lines that are neither blank nor comments, each value that goes on over several being in one of them. */
    long records() {
        return records;
    }

    /** The first of them. */
    String header() {
        String text = header.toString(StandardCharsets.UTF_8);
        return text.startsWith(CsvText.BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private void read(byte[] bytes, int n) {
        for (int i = 0; i < n; i++) {
            byte b = bytes[i];
            byte meaning = meanings[b & 0xff];
            if (utf8 && (b < 0 || continuing > 0)) {
                checkUtf8(b);
            }
            if (meaning == LETTER && (place == Place.PLAIN || place == Place.QUOTED)) {
                if (records == 0) {
                    header.write(b);
                }
                continue;
            }
            if (meaning == ZERO) {
                throw error(line, "holds binary data (a byte 0)", "give the format the file really has");
            }
            boolean secondOfTwo = afterReturn && b == '\n';
            afterReturn = b == '\r';
            if (meaning == LINE_END && !secondOfTwo) {
                endOfLine();
            } else if (!secondOfTwo) {
                step(b, meaning);
            }
            if (records == 0 && place != Place.RECORD && place != Place.COMMENT) {
                header.write(b);
            }
        }
    }

    private void step(byte b, byte meaning) {
        switch (place) {
            case RECORD -> {
                if (b == comment) {
                    place = Place.COMMENT;
                } else if (meaning != BLANK) {
                    recordLine = line;
                    values = 1;
                    value(meaning);
                }
            }
            case VALUE, PLAIN -> {
                boolean skipped = place == Place.VALUE && meaning == BLANK && blanksSkipped;
                if (!skipped && (place == Place.VALUE || meaning == SEPARATOR)) {
                    value(meaning);
                }
            }
            case QUOTED -> place = meaning == QUOTE ? Place.CLOSED : meaning == ESCAPE ? Place.ESCAPED : place;
            case ESCAPED -> place = Place.QUOTED;
            case CLOSED -> {
                if (meaning == QUOTE && quoteDoubles) {
                    place = Place.QUOTED;
                } else if (meaning == SEPARATOR) {
                    value(meaning);
                } else if (meaning != BLANK) {
                    throw unclosed(quoteLine == line ? "has text behind a closing quote" : "has a quote that is not closed");
                }
            }
            case COMMENT -> { }
        }
    }

    /** At the first byte of a value, or the separator that ends one. */
    private void value(byte meaning) {
        if (meaning == SEPARATOR) {
            values++;
            place = Place.VALUE;
        } else if (meaning == QUOTE) {
            quoteLine = line;
            place = Place.QUOTED;
        } else {
            place = Place.PLAIN;
        }
    }

    private void endOfLine() {
        if (place == Place.QUOTED || place == Place.ESCAPED) {
            multiLine = true;
            place = Place.QUOTED;
        } else {
            if (place != Place.RECORD && place != Place.COMMENT) {
                endOfRecord();
            }
            place = Place.RECORD;
        }
        line++;
    }

    private void endOfRecord() {
        records++;
        if (records == 1) {
            width = values;
        } else if (widthCounts && values > width) {
            throw error(recordLine, "holds " + values + " values, the header " + width + (width == 1 ? " name" : " names"),
                    values == width + 1 && records == 2 ? "the header may lack the name of the first column, or else"
                            + " values that hold the separator need quotes"
                            : "put quotes around values that hold the separator, or give the separator with --option sep=");
        }
    }

    private void end() {
        if (place == Place.QUOTED || place == Place.ESCAPED) {
            throw unclosed("has a quote that is never closed");
        }
        if (place != Place.RECORD && place != Place.COMMENT) {
            endOfRecord();
        }
    }

    private void checkUtf8(byte b) {
        int value = b & 0xff;
        if (continuing > 0) {
            continuing = value >= 0x80 && value < 0xc0 ? continuing - 1 : -1;
        } else {
            continuing = value >= 0xc2 && value < 0xe0 ? 1 : value >= 0xe0 && value < 0xf0 ? 2
                    : value >= 0xf0 && value < 0xf5 ? 3 : -1;
        }
        if (continuing < 0) {
            throw error(line, "is not text in UTF-8", "give the encoding of the file, as in --option encoding=ISO-8859-1");
        }
    }

    private EchelonException unclosed(String what) {
        return error(quoteLine, what, "close it, double quotes within quotes (\"\"), or have quotes read as letters with"
                + " --option quote=");
    }

    private EchelonException error(long where, String what, String mend) {
        return EchelonException.failure("line " + where + " of " + file + " " + what + CsvText.shown(file, where) + "; " + mend);
    }
}

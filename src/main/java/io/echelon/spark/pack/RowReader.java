package io.echelon.spark.pack;

import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads one row after the other into primitive arrays, which are reused. One reader serves one task. */
final class RowReader {
    private final Map<String, Integer>[] codes;
    private final SampleColumns.Key[] levels;
    private final int exposure;
    private final TextKeys[] texts;
    private final Tally tally;
    /** Values of the sources of the row read last. */
    final double[] sources;
    /** Keys of its level variables; for text, the number {@link TextKeys} gave it. */
    final long[] keys;

    @SuppressWarnings({"unchecked", "rawtypes"})
    RowReader(SampleColumns columns) {
        codes = columns.codes().toArray(Map[]::new);
        levels = columns.levels().toArray(SampleColumns.Key[]::new);
        exposure = columns.exposure();
        texts = TextKeys.forLevels(columns);
        tally = new Tally(columns.names().size());
        sources = new double[codes.length];
        keys = new long[levels.length];
    }

    /** What was seen so far. */
    Tally tally() {
        return tally;
    }

    /** The texts of each level seen so far; null for levels that have numbers. */
    TextKeys[] texts() {
        return texts;
    }

    /** Reads a row; false if a value is missing and the row is to be left out. */
    boolean read(InternalRow row) {
        tally.row();
        for (int i = 0; i < sources.length; i++) {
            if (row.isNullAt(i) || !readSource(row, i)) {
                tally.missing(i);
                return false;
            }
        }
        int at = sources.length;
        for (int l = 0; l < levels.length; l++) {
            if (levels[l] == SampleColumns.Key.ALL) {
                continue;
            }
            if (row.isNullAt(at) || !readKey(row, at, l)) {
                tally.missing(sources.length + l);
                return false;
            }
            at++;
        }
        return true;
    }

    private boolean readSource(InternalRow row, int i) {
        if (codes[i] != null) {
            Integer code = codes[i].get(row.getUTF8String(i).toString());
            sources[i] = code == null ? Double.NaN : code;
            return code != null;
        }
        double x = row.getDouble(i);
        sources[i] = x;
        if (i == exposure && x <= 0) {
            tally.unexposed(i, x);
        }
        if (Math.abs(x) < Tally.LARGEST) {
            return true;
        }
        if (!Double.isNaN(x)) {
            tally.tooLarge(i);
        }
        return false;
    }

    private boolean readKey(InternalRow row, int at, int level) {
        switch (levels[level]) {
            case WHOLE -> keys[level] = row.getLong(at);
            case TEXT -> {
                UTF8String text = row.getUTF8String(at);
                if (text.numBytes() == 0) {
                    return false;
                }
                keys[level] = texts[level].number(text);
            }
            default -> {
                double x = row.getDouble(at);
                if (Double.isNaN(x)) {
                    return false;
                }
                keys[level] = (long) x;
                if (keys[level] != x) {
                    tally.fractional(sources.length + level, x);
                }
            }
        }
        return true;
    }
}

package io.echelon.spark.pack;

import io.echelon.error.EchelonException;
import io.echelon.group.NodeKeys;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Gives each text a number that is the same in every task, its 64-bit hash, and remembers the texts. Two texts with the
 * same hash are noticed, here or when the keys of tasks are merged.
 */
final class TextKeys implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long SEED = 42;

    private transient Map<UTF8String, Long> numbers = new HashMap<>();
    private final Map<Long, String> texts = new HashMap<>();

    /** One for each level that has texts, null for the others. */
    static TextKeys[] forLevels(SampleColumns columns) {
        return columns.levels().stream().map(k -> k == SampleColumns.Key.TEXT ? new TextKeys() : null)
                .toArray(TextKeys[]::new);
    }

    /** Takes over the texts of all levels of another task. */
    static void mergeAll(TextKeys[] into, TextKeys[] from) {
        for (int l = 0; l < into.length; l++) {
            if (into[l] != null) {
                into[l].merge(from[l]);
            }
        }
    }

    /** The number of a text. The text may be reused by the caller. */
    long number(UTF8String text) {
        Long known = numbers.get(text);
        if (known != null) {
            return known;
        }
        long hash = XXH64.hashUnsafeBytes(text.getBaseObject(), text.getBaseOffset(), text.numBytes(), SEED);
        numbers.put(text.clone(), hash);
        remember(hash, text.toString());
        return hash;
    }

    /** The text with this number. */
    String text(long number) {
        return texts.get(number);
    }

    /** The same keys with the texts of text levels in place of their numbers. */
    static NodeKeys[] labelled(NodeKeys[] keys, TextKeys[] texts) {
        NodeKeys[] labelled = keys.clone();
        for (int l = 0; l < keys.length; l++) {
            if (texts[l] != null) {
                TextKeys known = texts[l];
                long[] numbers = ((NodeKeys.Whole) keys[l]).values();
                labelled[l] = new NodeKeys.Text(Arrays.stream(numbers).mapToObj(known::text).toArray(String[]::new));
            }
        }
        return labelled;
    }

    private void merge(TextKeys other) {
        other.texts.forEach(this::remember);
    }

    private void remember(long hash, String text) {
        String other = texts.putIfAbsent(hash, text);
        if (other != null && !other.equals(text)) {
            throw EchelonException.failure("the level values \"" + other + "\" and \"" + text
                    + "\" have the same 64-bit hash; number them with egen g = group() and use g as the level variable");
        }
    }
}

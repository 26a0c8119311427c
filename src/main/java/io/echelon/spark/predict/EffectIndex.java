package io.echelon.spark.predict;

import io.echelon.postestimation.predict.PredictionError;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Predicted random effects of one level by group: for each group q effects and their q standard errors. Groups are told
 * apart by whole numbers in open addressing where the level has one numeric variable, by text otherwise. Once filled it
 * may be read by several threads.
 */
final class EffectIndex implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FREE = -1;

    private final boolean numbers;
    private final int width;
    private final Map<String, Integer> texts = new HashMap<>();
    /** At 2s the number of the group of slot s, at 2s + 1 its place plus one, 0 where free. */
    private long[] slots = new long[2 * 64];
    private double[] values;
    private int count;
    private PredictionError[] errors;
    private int[] nodes;

    /**
     * An empty index.
     *
     * @param numbers whether groups have whole numbers
     * @param effects q
     */
    EffectIndex(boolean numbers, int effects) {
        this.numbers = numbers;
        width = 2 * effects;
        values = new double[16 * width];
    }

    /** Enters an effect of a group and its standard error; a group that is no number has no place among numbers. */
    void put(String group, int effect, double value, double error) {
        int place = numbers ? numbered(group) : texts.computeIfAbsent(group, g -> count++);
        if (place < 0) {
            return;
        }
        if ((place + 1) * width > values.length) {
            values = Arrays.copyOf(values, 2 * values.length);
        }
        values[place * width + effect] = value;
        values[place * width + width / 2 + effect] = error;
    }

    private int numbered(String group) {
        long key;
        try {
            key = Long.parseLong(group);
        } catch (NumberFormatException notANumber) {
            return FREE;
        }
        int known = find(key);
        if (known >= 0) {
            return known;
        }
        if (4 * (count + 1) > slots.length) {
            long[] before = slots;
            slots = new long[2 * before.length];
            for (int s = 0; s < before.length; s += 2) {
                if (before[s + 1] != 0) {
                    enter(before[s], before[s + 1]);
                }
            }
        }
        enter(key, ++count);
        return count - 1;
    }

    private void enter(long key, long placePlusOne) {
        int s = slot(key);
        slots[s] = key;
        slots[s + 1] = placePlusOne;
    }

    /** Enters the number of a group that has effects here. */
    void number(String group, int node) {
        int place = place(group);
        if (nodes == null) {
            nodes = new int[count];
            Arrays.fill(nodes, FREE);
        }
        if (place >= 0) {
            nodes[place] = node;
        }
    }

    /** The number of the group of a place, or a negative number. */
    int number(int place) {
        return nodes[place];
    }

    private int place(String group) {
        try {
            return numbers ? find(Long.parseLong(group)) : find(group);
        } catch (NumberFormatException notANumber) {
            return FREE;
        }
    }

    /** Enters the errors of a group that has effects here. */
    void put(String group, PredictionError error) {
        int place = place(group);
        if (errors == null) {
            errors = new PredictionError[count];
        }
        if (place >= 0) {
            errors[place] = error;
        }
    }

    /** The errors of a place, or null where they are not known. */
    PredictionError error(int place) {
        return errors == null ? null : errors[place];
    }

    /** The place of a group, or a negative number. */
    int find(long key) {
        return (int) slots[slot(key) + 1] - 1;
    }

    /** The place of a group, or a negative number. */
    int find(String text) {
        return texts.getOrDefault(text, FREE);
    }

    /** The slot that holds a key, or the free one where it would stand. */
    private int slot(long key) {
        int mask = slots.length - 2;
        // Fibonacci hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
        int s = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
        while (slots[s + 1] != 0 && slots[s] != key) {
            s = s + 2 & mask;
        }
        return s;
    }

    /** The effects and standard errors of all groups; those of a place begin at {@link #start}. */
    double[] values() {
        return values;
    }

    /** Where the values of a place begin. */
    int start(int place) {
        return place * width;
    }
}

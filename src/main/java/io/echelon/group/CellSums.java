package io.echelon.group;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Sums of vectors by cell (first, second): a hash table with open addressing. Cells keep the order in which they were
 * first met.
 */
final class CellSums implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int LEAST_TABLE = 64;

    private final int width;
    private long[] keys = new long[16];
    private double[] sums;
    /** Number of the cell, plus one, at each place of the table; 0 where free. The length is a power of two; null when trimmed or sent. */
    private transient int[] table = new int[LEAST_TABLE];
    private int size;

    /** An empty table of sums of {@code width} numbers. */
    CellSums(int width) {
        this.width = width;
        sums = new double[16 * width];
    }

    int width() {
        return width;
    }

    int size() {
        return size;
    }

    int first(int cell) {
        return (int) (keys[cell] >>> 32);
    }

    int second(int cell) {
        return (int) keys[cell];
    }

    /** The sums, {@code width} a cell. */
    double[] sums() {
        return sums;
    }

    /** Where in {@link #sums()} the numbers of this cell start; a new cell starts at zero. */
    int at(int first, int second) {
        if (table == null) {
            enter(Math.max(LEAST_TABLE, 4 * Integer.highestOneBit(size)));
        }
        long key = (long) first << 32 | second;
        int mask = table.length - 1;
        int place = hash(key) & mask;
        while (table[place] != 0) {
            int cell = table[place] - 1;
            if (keys[cell] == key) {
                return cell * width;
            }
            place = place + 1 & mask;
        }
        if (size == keys.length) {
            int room = Math.max(16, 2 * size);
            keys = Arrays.copyOf(keys, room);
            sums = Arrays.copyOf(sums, Math.multiplyExact(room, width));
        }
        keys[size] = key;
        table[place] = ++size;
        if (size > table.length / 2) {
            enter(2 * table.length);
        }
        return (size - 1) * width;
    }

    /** Gives room that is not needed back, that of the table until a cell is looked up again. */
    void trim() {
        keys = Arrays.copyOf(keys, size);
        sums = Arrays.copyOf(sums, size * width);
        table = null;
    }

    /** The cells in ascending order of {@code first}, which is below {@code count}. */
    int[] orderedByFirst(int count) {
        return ordered(count, this::first);
    }

    /** The cells in ascending order of {@code second}, which is below {@code count}. */
    int[] orderedBySecond(int count) {
        return ordered(count, this::second);
    }

    private int[] ordered(int count, IntUnaryOperator key) {
        int[] next = new int[count + 1];
        for (int c = 0; c < size; c++) {
            next[key.applyAsInt(c) + 1]++;
        }
        for (int k = 1; k <= count; k++) {
            next[k] += next[k - 1];
        }
        int[] order = new int[size];
        for (int c = 0; c < size; c++) {
            order[next[key.applyAsInt(c)]++] = c;
        }
        return order;
    }

    /** Enters all cells into a new table. */
    private void enter(int length) {
        table = new int[length];
        int mask = table.length - 1;
        for (int cell = 0; cell < size; cell++) {
            int place = hash(keys[cell]) & mask;
            while (table[place] != 0) {
                place = place + 1 & mask;
            }
            table[place] = cell + 1;
        }
    }

    private static int hash(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h ^ h >>> 32);
    }
}

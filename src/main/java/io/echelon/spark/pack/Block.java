package io.echelon.spark.pack;

import io.echelon.group.Moments;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What one partition sends to another. */
sealed interface Block extends Serializable {
    /** Bytes of its numbers. */
    long size();

    /**
     * Rows, one after the other: the sources, then the level values, eight bytes each. Bytes because Java serializes them in
     * one piece, and doubles one by one.
     */
    record Rows(byte[] bytes) implements Block {
        private static final VarHandle DOUBLE = MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
        private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

        /** Room for so many numbers. */
        Rows(int numbers) {
            this(new byte[Math.multiplyExact(numbers, Double.BYTES)]);
        }

        @Override
        public long size() {
            return bytes.length;
        }

        int length() {
            return bytes.length / Double.BYTES;
        }

        double source(int at) {
            return (double) DOUBLE.get(bytes, at * Double.BYTES);
        }

        long key(int at) {
            return (long) LONG.get(bytes, at * Double.BYTES);
        }

        void source(int at, double value) {
            DOUBLE.set(bytes, at * Double.BYTES, value);
        }

        void key(int at, long value) {
            LONG.set(bytes, at * Double.BYTES, value);
        }

        Rows first(int numbers) {
            return new Rows(Arrays.copyOf(bytes, numbers * Double.BYTES));
        }
    }

    /** Sums of rows. */
    record Sums(Moments moments) implements Block {
        @Override
        public long size() {
            return Double.BYTES * moments.doubles();
        }
    }

    /** What a sending partition saw: texts of level values, and its tally. */
    record Seen(SeenRows rows) implements Block {
        @Override
        public long size() {
            return 0;
        }
    }
}

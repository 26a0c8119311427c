package io.echelon.likelihood;

import io.echelon.linalg.Packed;

/** The sums at the root in the making, at the places of {@link RootSums}. */
final class RootBlock {
    /** Products of [x y] or [x̃ e], columns counted from the first of x. */
    @FunctionalInterface
    interface Products {
        double at(int row, int column);
    }

    private final RootSums places;
    private final int p;
    final double[] values;

    RootBlock(RootSums places, boolean derivatives) {
        this.places = places;
        p = places.p();
        values = new double[derivatives ? places.derivativeLength() : places.valueLength()];
    }

    void addValue(Products products, double share) {
        int at = 1;
        for (int r = 0; r <= p; r++) {
            for (int c = 0; c <= r; c++) {
                values[at++] += share * products.at(r, c);
            }
        }
    }

    /** The same where the products of other columns than {@code count} given ones are zero. */
    void addValue(Products products, int[] columns, int count, double share) {
        for (int i = 0; i < count; i++) {
            int at = 1 + Packed.size(columns[i]);
            for (int j = 0; j <= i; j++) {
                values[at + columns[j]] += share * products.at(columns[i], columns[j]);
            }
        }
    }

    void addFirst(Products products, int i, double share) {
        values[places.ee(i)] += share * products.at(p, p);
        int at = places.xe(i);
        for (int r = 0; r < p; r++) {
            values[at++] += share * products.at(p, r);
        }
        if (places.reml()) {
            at = places.xx(i);
            for (int r = 0; r < p; r++) {
                for (int c = 0; c <= r; c++) {
                    values[at++] += share * products.at(r, c);
                }
            }
        }
    }

    void addSecond(Products products, int i, int j, double share) {
        values[places.ee(i, j)] += share * products.at(p, p);
        if (places.reml()) {
            double trace = 0;
            for (int r = 0; r < p; r++) {
                trace += products.at(r, r);
            }
            values[places.trace(i, j)] += share * trace;
        }
        if (places.full()) {
            int at = places.xx(i, j);
            for (int r = 0; r < p; r++) {
                for (int c = 0; c <= r; c++) {
                    values[at++] += share * products.at(r, c);
                }
            }
        }
    }
}

package io.echelon.picture;

import java.io.Serializable;

/**
 * Cells along one axis, each 2ᵉ wide and beginning at a multiple of 2ᵉ, at most so many of them. The exponent is the
 * smallest that covers what the axis includes, whatever the order in which it came.
 */
final class DyadicAxis implements Serializable {
    /** Cells of a single value are 2⁻⁴⁰ of it wide: enough digits for what is not constant. */
    private static final int FINEST = 40;

    private final int most;
    private boolean empty = true;
    private int exponent;
    private long first;
    private long last;

    DyadicAxis(int most) {
        this.most = most;
    }

    DyadicAxis copy() {
        DyadicAxis copy = new DyadicAxis(most);
        copy.empty = empty;
        copy.exponent = exponent;
        copy.first = first;
        copy.last = last;
        return copy;
    }

    boolean holds(double value) {
        if (empty) {
            return false;
        }
        long cell = cell(value);
        return cell >= first && cell <= last;
    }

    void include(double value) {
        if (empty) {
            exponent = Math.getExponent(Math.max(Math.abs(value), 1e-280)) - FINEST;
            first = cell(value);
            last = first;
            empty = false;
        }
        // Cells must be countable before they are compared.
        while (Math.scalb(Math.abs(value), -exponent) > 1L << 60) {
            coarsen();
        }
        long cell = cell(value);
        first = Math.min(first, cell);
        last = Math.max(last, cell);
        fit();
    }

    void include(DyadicAxis other) {
        if (other.empty) {
            return;
        }
        if (empty) {
            exponent = other.exponent;
            first = other.first;
            last = other.last;
            empty = false;
            return;
        }
        DyadicAxis finer = other.copy();
        while (finer.exponent < exponent) {
            finer.coarsen();
        }
        while (exponent < finer.exponent) {
            coarsen();
        }
        first = Math.min(first, finer.first);
        last = Math.max(last, finer.last);
        fit();
    }

    private void fit() {
        while (last - first >= most) {
            coarsen();
        }
    }

    private void coarsen() {
        exponent++;
        first >>= 1;
        last >>= 1;
    }

    private long cell(double value) {
        return (long) Math.floor(Math.scalb(value, -exponent));
    }

    /** The cell of a value that the axis holds, from 0. */
    int place(double value) {
        return (int) (cell(value) - first);
    }

    /** Where a cell begins. */
    double low(int place) {
        return Math.scalb((double) (first + place), exponent);
    }
}

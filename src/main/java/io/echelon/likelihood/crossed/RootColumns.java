package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.likelihood.LevelCovariance;
import io.echelon.linalg.SmallInverse;

/**
 * Which columns of the root belong to which term and node, and Ψ_c = ΛΛ', the block-diagonal relative covariance matrix
 * of all root effects.
 */
final class RootColumns {
    /** A pivot of Ψ below this share of its diagonal element is taken to be zero. */
    private static final double NO_PIVOT = 1e-14;

    /** m: number of columns. */
    final int size;
    /** Term of each column. */
    final int[] term;
    /** First column of the node of each column. */
    final int[] head;
    /** Λ (q×q, lower, row by row) of each term; null for the leaf. */
    final double[][] factor;
    private final int[] effects;
    private final LevelCovariance[] covariance;

    RootColumns(CrossedMoments moments, LevelCovariance[] covariance) {
        this.covariance = covariance;
        size = moments.rootColumns();
        effects = moments.layout().effects();
        term = new int[size];
        head = new int[size];
        factor = new double[effects.length][];
        int c = 0;
        for (int t = 0; t < effects.length; t++) {
            if (t == moments.leafTerm()) {
                continue;
            }
            factor[t] = factor(covariance[t].value(), effects[t]);
            for (int end = c + moments.nodes(t) * effects[t]; c < end; c++) {
                term[c] = t;
                head[c] = c - (c - (end - moments.nodes(t) * effects[t])) % effects[t];
            }
        }
    }

    /** q of the term of a column. */
    int effects(int column) {
        return effects[term[column]];
    }

    /** Element (column, other) of Λ, for two columns of one node. */
    double lambda(int column, int other) {
        int q = effects(column);
        return factor[term[column]][(column - head[column]) * q + other - head[column]];
    }

    /** Element (column, other) of Ψ, for two columns of one node. */
    double psi(int column, int other) {
        int q = effects(column);
        return covariance[term[column]].value()[(column - head[column]) * q + other - head[column]];
    }

    /** Ψ⁻¹ (q×q, row by row) of a term whose Ψ is not singular. */
    double[] inverse(int t) {
        SmallInverse inverse = new SmallInverse(effects[t]);
        System.arraycopy(covariance[t].value(), 0, inverse.matrix(), 0, effects[t] * effects[t]);
        inverse.invert();
        return inverse.inverse().clone();
    }

    /** Lower triangular Λ with ΛΛ' = Ψ; columns of zero pivots are zero. */
    private static double[] factor(double[] psi, int q) {
        double[] l = new double[q * q];
        for (int j = 0; j < q; j++) {
            double pivot = psi[j * q + j];
            for (int k = 0; k < j; k++) {
                pivot -= l[j * q + k] * l[j * q + k];
            }
            if (!(pivot > NO_PIVOT * psi[j * q + j])) {
                continue;
            }
            l[j * q + j] = Math.sqrt(pivot);
            for (int i = j + 1; i < q; i++) {
                double v = psi[i * q + j];
                for (int k = 0; k < j; k++) {
                    v -= l[i * q + k] * l[j * q + k];
                }
                l[i * q + j] = v / l[j * q + j];
            }
        }
        return l;
    }
}

package io.echelon.likelihood.generalized;

import io.echelon.linalg.LargeSymmetric;
import io.echelon.linalg.SquareRoot;
import java.util.Arrays;

/**
 * H = I + Σ w ζζ' over the standard normals of crossed terms, factored by eliminating the nodes of the leaf, which do not meet each
 * other, into the dense system of the root (D. Bates et al., J. Stat. Softw. 67(1), 2015, section 3, with the first block sparse).
 * With D the leaf's block, L its factor and B its cells: U = L⁻¹B', A = root block − Σ U'U.
 */
final class CrossedFactor {
    private final CrossedCells cells;
    private final LargeSymmetric algebra;
    private final int terms;
    private final int total;
    private final int m;
    /** q of the leaf. */
    private final int q;
    /** L of each leaf node, q×q; U of each cell, q values. */
    private final double[] own;
    private final double[] u;
    /** The root, m×m: its lower triangle holds A's factor, or after {@link #invert} G = A⁻¹. */
    private final double[] a;
    private boolean inverted;
    private double halfLogDeterminant;

    CrossedFactor(CrossedCells cells, LargeSymmetric algebra) {
        this.cells = cells;
        this.algebra = algebra;
        terms = cells.q.length;
        total = cells.start[terms - 1] + cells.q[terms - 1];
        m = cells.root;
        q = cells.q[cells.leaf];
        own = new double[cells.leaves * q * q];
        u = new double[cells.column.length * q];
        a = new double[m * m];
    }

    /**
     * Factors H.
     *
     * @param w    n weights, not negative
     * @param zeta n×Q
     */
    boolean factor(double[] w, double[] zeta) {
        inverted = false;
        Arrays.fill(own, 0);
        Arrays.fill(u, 0);
        Arrays.fill(a, 0);
        for (int i = 0; i < w.length; i++) {
            add(i, w[i], zeta);
        }
        halfLogDeterminant = 0;
        for (int l = 0; l < cells.leaves; l++) {
            if (!eliminate(l)) {
                return false;
            }
        }
        for (int r = 0; r < m; r++) {
            a[r * m + r] += 1;
        }
        if (m > 0 && !algebra.factor(a, m)) {
            return false;
        }
        for (int r = 0; r < m; r++) {
            halfLogDeterminant += Math.log(a[r * m + r]);
        }
        return true;
    }

    private void add(int i, double w, double[] zeta) {
        int zi = i * total;
        int leafStart = zi + cells.start[cells.leaf];
        int d = cells.crossing.node()[cells.leaf][i] * q * q;
        for (int r = 0; r < q; r++) {
            double wr = w * zeta[leafStart + r];
            for (int c = 0; c <= r; c++) {
                own[d + r * q + c] += wr * zeta[leafStart + c];
            }
        }
        for (int t = 0; t < terms; t++) {
            if (t == cells.leaf) {
                continue;
            }
            int cell = cells.cell[i * terms + t];
            int head = cells.rootColumn(t, i);
            for (int k = 0; k < cells.q[t]; k++) {
                double wk = w * zeta[zi + cells.start[t] + k];
                for (int r = 0; r < q; r++) {
                    u[(cell + k) * q + r] += wk * zeta[leafStart + r];
                }
                addRoot(i, t, (head + k) * m, k, wk, zeta);
            }
        }
    }

    /** Adds to the lower triangle: the root columns of a row increase from term to term. */
    private void addRoot(int i, int t, int rootRow, int k, double wk, double[] zeta) {
        for (int s = 0; s <= t; s++) {
            if (s != cells.leaf) {
                int other = cells.rootColumn(s, i);
                for (int c = 0; c < (s == t ? k + 1 : cells.q[s]); c++) {
                    a[rootRow + other + c] += wk * zeta[i * total + cells.start[s] + c];
                }
            }
        }
    }

    private boolean eliminate(int l) {
        int d = l * q * q;
        for (int r = 0; r < q; r++) {
            own[d + r * q + r] += 1;
        }
        if (!SquareRoot.decompose(own, d, q)) {
            return false;
        }
        halfLogDeterminant += SquareRoot.halfLogDeterminant(own, d, q);
        int from = cells.firstCell[l];
        int to = cells.firstCell[l + 1];
        for (int k = from; k < to; k++) {
            lower(d, u, k * q);
        }
        for (int k = from; k < to; k++) {
            int rootRow = cells.column[k] * m;
            for (int j = from; j <= k; j++) {
                double s = 0;
                for (int r = 0; r < q; r++) {
                    s += u[k * q + r] * u[j * q + r];
                }
                a[rootRow + cells.column[j]] -= s;
            }
        }
        return true;
    }

    /** b := L⁻¹ b. */
    private void lower(int d, double[] b, int at) {
        for (int r = 0; r < q; r++) {
            double s = b[at + r];
            for (int c = 0; c < r; c++) {
                s -= own[d + r * q + c] * b[at + c];
            }
            b[at + r] = s / own[d + r * q + r];
        }
    }

    /** b := L'⁻¹ b. */
    private void upper(int d, double[] b, int at) {
        for (int r = q - 1; r >= 0; r--) {
            double s = b[at + r];
            for (int c = r + 1; c < q; c++) {
                s -= own[d + c * q + r] * b[at + c];
            }
            b[at + r] = s / own[d + r * q + r];
        }
    }

    /** ½ log|H|. */
    double halfLogDeterminant() {
        return halfLogDeterminant;
    }

    /** Replaces a right side, given for the nodes of the leaf and the columns of the root, by H⁻¹ times it. */
    void solve(double[] leafSide, double[] rootSide) {
        for (int l = 0; l < cells.leaves; l++) {
            lower(l * q * q, leafSide, l * q);
            for (int k = cells.firstCell[l]; k < cells.firstCell[l + 1]; k++) {
                for (int r = 0; r < q; r++) {
                    rootSide[cells.column[k]] -= u[k * q + r] * leafSide[l * q + r];
                }
            }
        }
        solveRoot(rootSide);
        for (int l = 0; l < cells.leaves; l++) {
            for (int k = cells.firstCell[l]; k < cells.firstCell[l + 1]; k++) {
                double x = rootSide[cells.column[k]];
                for (int r = 0; r < q; r++) {
                    leafSide[l * q + r] -= u[k * q + r] * x;
                }
            }
            upper(l * q * q, leafSide, l * q);
        }
    }

    private void solveRoot(double[] b) {
        if (inverted) {
            double[] x = new double[m];
            for (int r = 0; r < m; r++) {
                double s = a[r * m + r] * b[r];
                for (int c = 0; c < r; c++) {
                    double g = a[r * m + c];
                    s += g * b[c];
                    x[c] += g * b[r];
                }
                x[r] += s;
            }
            System.arraycopy(x, 0, b, 0, m);
            return;
        }
        for (int r = 0; r < m; r++) {
            double s = b[r];
            for (int c = 0; c < r; c++) {
                s -= a[r * m + c] * b[c];
            }
            b[r] = s / a[r * m + r];
        }
        for (int r = m - 1; r >= 0; r--) {
            double x = b[r] / a[r * m + r];
            b[r] = x;
            for (int c = 0; c < r; c++) {
                b[c] -= a[r * m + c] * x;
            }
        }
    }

    /** Turns the factor of the root into G = A⁻¹, which the blocks of H⁻¹ are made of. */
    void invert() {
        if (m > 0) {
            algebra.invert(a, m);
        }
        inverted = true;
    }

    /** After {@link #invert}: element of the root's block of H⁻¹. */
    double root(int r, int c) {
        return r >= c ? a[r * m + c] : a[c * m + r];
    }

    /** After {@link #invert}: what the blocks of H⁻¹ of any nodes are made of. */
    CrossedPosterior posterior(double[][] mode) {
        double[] coupling = u.clone();
        double[] leaf = new double[cells.leaves * q * q];
        LeafInverse inverse = new LeafInverse();
        for (int l = 0; l < cells.leaves; l++) {
            for (int k = cells.firstCell[l]; k < cells.firstCell[l + 1]; k++) {
                upper(l * q * q, coupling, k * q);
            }
            inverse.moveTo(l);
            System.arraycopy(inverse.inner, 0, leaf, l * q * q, q * q);
        }
        double[] g = new double[Math.toIntExact((long) m * (m + 1) / 2)];
        for (int r = 0, at = 0; r < m; r++, at += r) {
            System.arraycopy(a, r * m, g, at, r + 1);
        }
        return new CrossedPosterior(cells, mode, coupling, leaf, g);
    }

    /** The blocks of H⁻¹ that the rows of a leaf node need. */
    final class LeafInverse {
        private double[] cross = new double[0];
        private final double[] inner = new double[q * q];
        private final double[] work = new double[q];
        private int first;

        /** Goes to a node: (H⁻¹)_{leaf, cells} = −L'⁻¹UG and (H⁻¹)_{leaf, leaf} = L'⁻¹(I + UGU')L⁻¹. */
        void moveTo(int l) {
            int d = l * q * q;
            first = cells.firstCell[l];
            int n = cells.firstCell[l + 1] - first;
            if (cross.length < n * q) {
                cross = new double[2 * n * q];
            }
            Arrays.fill(cross, 0, n * q, 0);
            for (int k = 0; k < n; k++) {
                int rootRow = cells.column[first + k] * m;
                for (int j = 0; j < k; j++) {
                    double g = a[rootRow + cells.column[first + j]];
                    for (int r = 0; r < q; r++) {
                        cross[k * q + r] += g * u[(first + j) * q + r];
                        cross[j * q + r] += g * u[(first + k) * q + r];
                    }
                }
                double g = a[rootRow + cells.column[first + k]];
                for (int r = 0; r < q; r++) {
                    cross[k * q + r] += g * u[(first + k) * q + r];
                }
            }
            for (int r = 0; r < q; r++) {
                for (int c = 0; c < q; c++) {
                    double s = r == c ? 1 : 0;
                    for (int k = 0; k < n; k++) {
                        s += u[(first + k) * q + r] * cross[k * q + c];
                    }
                    inner[c * q + r] = s;
                }
            }
            // inner holds the symmetric middle: columns, then rows, are solved with L'.
            for (int c = 0; c < q; c++) {
                upper(d, inner, c * q);
            }
            for (int r = 0; r < q; r++) {
                for (int c = 0; c < q; c++) {
                    work[c] = inner[c * q + r];
                }
                upper(d, work, 0);
                for (int c = 0; c < q; c++) {
                    inner[c * q + r] = work[c];
                }
            }
            for (int k = 0; k < n; k++) {
                upper(d, cross, k * q);
            }
        }

        /** The block of the leaf node itself. */
        double leaf(int r, int c) {
            return inner[r * q + c];
        }

        /** Element of the leaf node's normal r and the root column of a cell. */
        double cross(int r, int cell) {
            return -cross[(cell - first) * q + r];
        }
    }
}

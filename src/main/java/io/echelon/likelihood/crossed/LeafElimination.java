package io.echelon.likelihood.crossed;

import io.echelon.group.CrossedMoments;
import io.echelon.group.CrossedMoments.Sparse;
import io.echelon.likelihood.LevelCovariance;
import io.echelon.linalg.SmallInverse;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Elimination of the leaf effects. For a leaf node with C = Z'Z (q×q) and cross-products B = Z'Z_c with its root columns,
 * N = (I + ΨC)⁻¹ and M = NΨ; it leaves −B'M B to the root matrix and log|I + ΨC| to the log-determinant.
 */
final class LeafElimination {
    /** Parts into which the nodes, or the root rows, are cut for the cores; results do not depend on the cores. */
    static final int PARTS = 16;

    private final Sparse cells;
    final int nodes;
    final int q;
    /** C, N and M of each node, q×q row by row. */
    private final double[] c;
    private final double[] n;
    private final double[] m;
    private double logDeterminant;

    LeafElimination(CrossedMoments moments) {
        cells = moments.cells();
        int leaf = moments.leafTerm();
        nodes = moments.nodes(leaf);
        q = moments.layout().effects()[leaf];
        c = new double[nodes * q * q];
        n = new double[nodes * q * q];
        m = new double[nodes * q * q];
        int at = 0;
        for (int k = 0; k < nodes; k++) {
            for (int i = 0; i < q; i++) {
                for (int j = 0; j <= i; j++) {
                    c[(k * q + i) * q + j] = moments.leaf()[at];
                    c[(k * q + j) * q + i] = moments.leaf()[at++];
                }
            }
        }
    }

    /** Computes N, M and the sum of log|I + ΨC|. */
    void factor(LevelCovariance covariance) {
        double[] psi = covariance.value();
        SmallInverse inverse = new SmallInverse(q);
        logDeterminant = 0;
        for (int k = 0; k < nodes; k++) {
            int at = k * q * q;
            multiply(psi, 0, c, at, inverse.matrix(), 0);
            for (int i = 0; i < q; i++) {
                inverse.matrix()[i * q + i] += 1;
            }
            logDeterminant += inverse.invert();
            System.arraycopy(inverse.inverse(), 0, n, at, q * q);
            multiply(n, at, psi, 0, m, at);
        }
    }

    double logDeterminant() {
        return logDeterminant;
    }

    /** out := a b, q×q each. */
    void multiply(double[] a, int atA, double[] b, int atB, double[] out, int at) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double v = 0;
                for (int k = 0; k < q; k++) {
                    v += a[atA + i * q + k] * b[atB + k * q + j];
                }
                out[at + i * q + j] = v;
            }
        }
    }

    double[] c() {
        return c;
    }

    double[] n() {
        return n;
    }

    double[] m() {
        return m;
    }

    /** Lower triangle of {@code root} (m×m) −= Σ B'K B, with K (q×q, symmetric) of each node in {@code kernel}. */
    void subtractFrom(double[] root, int size, double[] kernel) {
        int[] cut = equalWork(size);
        IntStream.range(0, PARTS).parallel().forEach(part -> {
            double[] f = new double[q];
            for (int node = 0; node < nodes; node++) {
                int start = cells.start()[node];
                int end = cells.start()[node + 1];
                for (int r = firstAtLeast(start, end, cut[part]); r < end && cells.column()[r] < cut[part + 1]; r++) {
                    int row = cells.column()[r] * size;
                    if (q == 1) {
                        double v = kernel[node] * cells.value()[r];
                        for (int s = start; s <= r; s++) {
                            root[row + cells.column()[s]] -= v * cells.value()[s];
                        }
                        continue;
                    }
                    kernelTimes(kernel, node, r, f);
                    for (int s = start; s <= r; s++) {
                        double v = 0;
                        for (int i = 0; i < q; i++) {
                            v += f[i] * cells.value()[s * q + i];
                        }
                        root[row + cells.column()[s]] -= v;
                    }
                }
            }
        });
    }

    private void kernelTimes(double[] kernel, int node, int cell, double[] f) {
        for (int i = 0; i < q; i++) {
            f[i] = 0;
            for (int j = 0; j < q; j++) {
                f[i] += kernel[(node * q + i) * q + j] * cells.value()[cell * q + j];
            }
        }
    }

    /** Bounds of PARTS ranges of root rows with about the same number of updates. */
    private int[] equalWork(int size) {
        double[] work = new double[size];
        double total = 0;
        for (int node = 0; node < nodes; node++) {
            for (int r = cells.start()[node]; r < cells.start()[node + 1]; r++) {
                double updates = r - cells.start()[node] + 1;
                work[cells.column()[r]] += updates;
                total += updates;
            }
        }
        int[] cut = new int[PARTS + 1];
        double sum = 0;
        int row = 0;
        for (int part = 1; part < PARTS; part++) {
            while (row < size && sum < total * part / PARTS) {
                sum += work[row++];
            }
            cut[part] = row;
        }
        cut[PARTS] = size;
        return cut;
    }

    private int firstAtLeast(int start, int end, int column) {
        int low = start;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cells.column()[middle] < column) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** rootSide (m×r) −= Σ B'M leafSide, for leafSide (q×r a node). */
    void reduce(double[] leafSide, double[] rootSide, int r) {
        double[] x = new double[q * r];
        for (int node = 0; node < nodes; node++) {
            times(m, node, leafSide, x, r);
            for (int cell = cells.start()[node]; cell < cells.start()[node + 1]; cell++) {
                int at = cells.column()[cell] * r;
                for (int i = 0; i < q; i++) {
                    double b = cells.value()[cell * q + i];
                    for (int k = 0; k < r; k++) {
                        rootSide[at + k] -= b * x[i * r + k];
                    }
                }
            }
        }
    }

    /** Z'H⁻¹ of the right-hand side of each node: N'(leafSide − B û) for û (m×r). */
    double[] solve(double[] leafSide, double[] rootEffects, int r) {
        double[] result = new double[leafSide.length];
        IntStream.range(0, PARTS).parallel().forEach(part -> {
            double[] x = new double[q * r];
            for (int node = firstOf(part); node < firstOf(part + 1); node++) {
                System.arraycopy(leafSide, node * q * r, x, 0, q * r);
                for (int cell = cells.start()[node]; cell < cells.start()[node + 1]; cell++) {
                    int at = cells.column()[cell] * r;
                    for (int i = 0; i < q; i++) {
                        double b = cells.value()[cell * q + i];
                        for (int k = 0; k < r; k++) {
                            x[i * r + k] -= b * rootEffects[at + k];
                        }
                    }
                }
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j < q; j++) {
                        double f = n[(node * q + j) * q + i];
                        for (int k = 0; k < r; k++) {
                            result[(node * q + i) * r + k] += f * x[j * r + k];
                        }
                    }
                }
            }
        });
        return result;
    }

    /** x := K side of a node (q×r), with K (q×q) of each node in {@code kernel}. */
    void times(double[] kernel, int node, double[] side, double[] x, int r) {
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < r; k++) {
                x[i * r + k] = 0;
            }
            for (int j = 0; j < q; j++) {
                double f = kernel[(node * q + i) * q + j];
                for (int k = 0; k < r; k++) {
                    x[i * r + k] += f * side[(node * q + j) * r + k];
                }
            }
        }
    }

    /** B G B' (q×q) of a node, for its columns of G. */
    void rootShare(int node, RootMatrix g, double[] share) {
        double[] lower = g.array();
        int size = g.size();
        Arrays.fill(share, 0);
        int start = cells.start()[node];
        int end = cells.start()[node + 1];
        double[] f = new double[q];
        for (int r = start; r < end; r++) {
            Arrays.fill(f, 0);
            int row = cells.column()[r];
            int rowStart = row * size;
            for (int s = start; s < r; s++) {
                double v = lower[rowStart + cells.column()[s]];
                for (int i = 0; i < q; i++) {
                    f[i] += v * cells.value()[s * q + i];
                }
            }
            double own = g.g(row, row);
            for (int i = 0; i < q; i++) {
                double b = cells.value()[r * q + i];
                for (int j = 0; j < q; j++) {
                    share[i * q + j] += b * (f[j] + 0.5 * own * cells.value()[r * q + j]);
                }
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double v = share[i * q + j] + share[j * q + i];
                share[i * q + j] = v;
                share[j * q + i] = v;
            }
        }
    }

    /** First node of a part, for parts 0 … PARTS. */
    int firstOf(int part) {
        return (int) ((long) nodes * part / PARTS);
    }
}

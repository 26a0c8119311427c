package io.echelon.likelihood;

import io.echelon.group.Standardization;
import io.echelon.linalg.CompensatedSums;
import io.echelon.linalg.Dense;
import io.echelon.linalg.OuterProducts;
import io.echelon.linalg.Packed;
import java.util.Arrays;

/**
 * The elimination of {@link Elimination} for a model with one level, where C and T have no derivatives. With H, W = N'T
 * and a = W e of a group, all derivatives are contractions of the sums of H, H⊗H, aa', aa'⊗H, W_xa' and, for restricted
 * likelihood, W_x⊗W_x, K = W_xW_x' and K⊗H with the bases B_i, which are taken once, after the sums:
 *
 * <pre>
 *   log|V|_i   tr(HB_i)         log|V|_ij   −tr(HB_jHB_i)
 *   e'e_i      −a'B_ia          e'e_ij      2 a'B_jHB_ia
 *   x'e_i      −W_x'B_ia
 *   x'x_i      −W_x'B_iW_x      tr x'x_ij   2 tr(B_jHB_iK)
 * </pre>
 */
final class PatternSweep {
    private static final int FLUSH = 256;
    /** Share of columns, as its reciprocal, below which products of those that are not zero are taken one by one. */
    private static final int FEW = 4;

    private final Patterns patterns;
    private final LevelCovariance covariance;
    private final RootSums places;
    private final int q;
    private final int p;
    private final int side;
    private final NodeFactor factor;

    private PatternSweep(Patterns patterns, LevelCovariance covariance, RootSums places) {
        this.patterns = patterns;
        this.covariance = covariance;
        this.places = places;
        q = patterns.q();
        p = patterns.p();
        side = p + 1;
        factor = new NodeFactor(covariance);
    }

    /** The value sums; see {@link RootSums}. */
    static CompensatedSums values(Patterns patterns, LevelCovariance covariance, RootSums places) {
        return new PatternSweep(patterns, covariance, places).values();
    }

    /** The derivative sums; see {@link RootSums}. */
    static CompensatedSums derivatives(Patterns patterns, LevelCovariance covariance, RootSums places,
                                       RootCoordinates coordinates) {
        return new PatternSweep(patterns, covariance, places).derivatives(coordinates);
    }

    private CompensatedSums values() {
        CompensatedSums total = new CompensatedSums(places.valueLength());
        double[] sums = new double[places.valueLength()];
        double[] rows = patterns.rows();
        double[] mt = new double[side];
        int[] columns = new int[side];
        OuterProducts products = new OuterProducts(side);
        int pending = 0;
        for (int i = 0; i < patterns.count(); i++) {
            sums[0] += patterns.weightOf(i) * factor.factor(patterns.zz(), i * patterns.zzStride());
            for (int r = patterns.rowsFrom(i); r < patterns.rowsTo(i); r++) {
                int at = patterns.rowOffset() + r * patterns.rowStride();
                int few = side <= Standardization.MANY ? side : present(rows, at, columns);
                for (int a = 0; a < q; a++) {
                    project(rows, at, a, mt);
                    if (few * FEW < side) {
                        subtract(mt, rows, at + a * side, columns, few, sums);
                        continue;
                    }
                    products.add(mt, 0, rows, at + a * side);
                }
                pending++;
            }
            if (pending >= FLUSH || i == patterns.count() - 1) {
                products.drain(-1, sums, 1);
                total.add(sums);
                Arrays.fill(sums, 0);
                pending = 0;
            }
        }
        return total;
    }

    /** Finds the columns in which T is not zero, and returns their number. */
    private int present(double[] rows, int at, int[] columns) {
        int count = 0;
        for (int c = 0; c < side; c++) {
            boolean any = false;
            for (int a = 0; a < q && !any; a++) {
                any = rows[at + a * side + c] != 0;
            }
            if (any) {
                columns[count++] = c;
            }
        }
        return count;
    }

    /** Takes the products of few columns from the sums. */
    private static void subtract(double[] mt, double[] t, int at, int[] columns, int count, double[] sums) {
        for (int i = 0; i < count; i++) {
            double v = mt[columns[i]];
            int row = 1 + Packed.size(columns[i]);
            for (int j = 0; j <= i; j++) {
                sums[row + columns[j]] -= v * t[at + columns[j]];
            }
        }
    }

    /** out = row a of M T. */
    private void project(double[] rows, int at, int a, double[] out) {
        double f = factor.m[a * q];
        for (int c = 0; c < side; c++) {
            out[c] = f * rows[at + c];
        }
        for (int b = 1; b < q; b++) {
            f = factor.m[a * q + b];
            int from = at + b * side;
            for (int c = 0; c < side; c++) {
                out[c] += f * rows[from + c];
            }
        }
    }

    private CompensatedSums derivatives(RootCoordinates coordinates) {
        Accumulator total = new Accumulator();
        double[] t = new double[q * side];
        int pending = 0;
        for (int i = 0; i < patterns.count(); i++) {
            factor.factor(patterns.zz(), i * patterns.zzStride());
            total.startPattern(patterns.weightOf(i));
            for (int r = patterns.rowsFrom(i); r < patterns.rowsTo(i); r++) {
                System.arraycopy(patterns.rows(), patterns.rowOffset() + r * patterns.rowStride(), t, 0, t.length);
                for (int a = 0; a < q; a++) {
                    coordinates.change(t, a * side);
                }
                total.row(t);
                pending++;
            }
            total.endPattern();
            if (pending >= FLUSH || i == patterns.count() - 1) {
                total.flush();
                pending = 0;
            }
        }
        return total.contract();
    }

    /** The sums over the groups, and their contraction with the bases. Pairs (a, b) of effects are packed. */
    private final class Accumulator {
        private final int m = Packed.size(q);
        private final int hh = m;
        private final int aa = hh + m * m;
        private final int aah = aa + m;
        private final int wa = aah + m * m;
        private final int kh = wa + m * p;
        private final int ww = kh + (places.reml() ? m * m : 0);
        private final double[] sums = new double[ww + (places.reml() ? m * Packed.size(p) : 0)];
        private final CompensatedSums total = new CompensatedSums(sums.length);
        private final double[] h = new double[m];
        private final double[] outer = new double[m];
        private final double[] cross = new double[m];
        private final double[] w = new double[q * side];
        /** For each pair (a, b): sums of W_xa W_xb', in restricted likelihood. */
        private final OuterProducts[] fixed = new OuterProducts[places.reml() ? m : 0];

        Accumulator() {
            Arrays.setAll(fixed, s -> new OuterProducts(p));
        }

        void startPattern(double weight) {
            int s = 0;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    h[s] = factor.h[a * q + b];
                    sums[s] += weight * h[s];
                    s++;
                }
            }
            addTensor(hh, h, weight);
            Arrays.fill(outer, 0);
            Arrays.fill(cross, 0);
        }

        private void addTensor(int at, double[] left, double weight) {
            for (double l : left) {
                double f = weight * l;
                for (double r : h) {
                    sums[at++] += f * r;
                }
            }
        }

        /** Adds a row T in the coordinates [x e]. Up to two effects, by far the most frequent, have loops of their own. */
        void row(double[] t) {
            if (q == 1) {
                rowOfOne(t);
            } else if (q == 2) {
                rowOfTwo(t);
            } else {
                rowOfMany(t);
            }
            if (places.reml()) {
                fixedProducts();
            }
        }

        private void rowOfOne(double[] t) {
            double n = factor.n[0];
            double a = n * t[p];
            outer[0] += a * a;
            for (int x = 0; x < p; x++) {
                double v = n * t[x];
                w[x] = v;
                sums[wa + x] += v * a;
            }
        }

        private void rowOfTwo(double[] t) {
            double n00 = factor.n[0];
            double n01 = factor.n[1];
            double n10 = factor.n[2];
            double n11 = factor.n[3];
            double a0 = n00 * t[p] + n10 * t[side + p];
            double a1 = n01 * t[p] + n11 * t[side + p];
            outer[0] += a0 * a0;
            outer[1] += a0 * a1;
            outer[2] += a1 * a1;
            double half0 = a0 / 2;
            double half1 = a1 / 2;
            for (int x = 0; x < p; x++) {
                double w0 = n00 * t[x] + n10 * t[side + x];
                double w1 = n01 * t[x] + n11 * t[side + x];
                w[x] = w0;
                w[side + x] = w1;
                sums[wa + x] += w0 * a0;
                sums[wa + p + x] += w0 * half1 + w1 * half0;
                sums[wa + 2 * p + x] += w1 * a1;
            }
        }

        private void rowOfMany(double[] t) {
            Dense.multiplyTransposed(factor.n, t, w, q, q, side);
            int s = 0;
            int at = wa;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    double ea = w[a * side + p];
                    double eb = w[b * side + p];
                    outer[s++] += ea * eb;
                    for (int x = 0; x < p; x++) {
                        sums[at++] += (w[a * side + x] * eb + w[b * side + x] * ea) / 2;
                    }
                }
            }
        }

        private void fixedProducts() {
            int s = 0;
            for (int a = 0; a < q; a++) {
                for (int b = 0; b <= a; b++) {
                    double k = 0;
                    for (int x = 0; x < p; x++) {
                        k += w[a * side + x] * w[b * side + x];
                    }
                    cross[s] += k;
                    fixed[s].add(w, a * side, w, b * side);
                    if (a != b) {
                        fixed[s].add(w, b * side, w, a * side);
                    }
                    s++;
                }
            }
        }

        void endPattern() {
            for (int s = 0; s < m; s++) {
                sums[aa + s] += outer[s];
            }
            addTensor(aah, outer, 1);
            if (places.reml()) {
                addTensor(kh, cross, 1);
            }
        }

        void flush() {
            int s = 0;
            for (int a = 0; a < q && places.reml(); a++) {
                for (int b = 0; b <= a; b++) {
                    fixed[s].drain(a == b ? 1 : 0.5, sums, ww + s * Packed.size(p));
                    s++;
                }
            }
            total.add(sums);
            Arrays.fill(sums, 0);
        }

        CompensatedSums contract() {
            double[] v = total.values();
            double[] out = new double[places.derivativeLength()];
            double[][] bases = covariance.bases();
            for (int i = 0; i < bases.length; i++) {
                first(v, bases[i], i, out);
                for (int j = 0; j <= i; j++) {
                    second(v, bases[i], bases[j], i, j, out);
                }
            }
            CompensatedSums result = new CompensatedSums(out.length);
            result.add(out);
            return result;
        }

        private void first(double[] v, double[] basis, int i, double[] out) {
            for (int a = 0; a < q; a++) {
                for (int b = 0; b < q; b++) {
                    double f = basis[a * q + b];
                    if (f == 0) {
                        continue;
                    }
                    int s = Packed.index(a, b);
                    out[places.logDeterminant(i)] += f * v[s];
                    out[places.ee(i)] -= f * v[aa + s];
                    for (int x = 0; x < p; x++) {
                        out[places.xe(i) + x] -= f * v[wa + s * p + x];
                    }
                    if (places.reml()) {
                        int size = Packed.size(p);
                        for (int x = 0; x < size; x++) {
                            out[places.xx(i) + x] -= f * v[ww + s * size + x];
                        }
                    }
                }
            }
        }

        private void second(double[] v, double[] bi, double[] bj, int i, int j, double[] out) {
            for (int a = 0; a < q; a++) {
                for (int b = 0; b < q; b++) {
                    for (int c = 0; c < q && bj[a * q + b] != 0; c++) {
                        for (int d = 0; d < q; d++) {
                            double f = bj[a * q + b] * bi[c * q + d];
                            int inner = Packed.index(b, c);
                            int outside = Packed.index(a, d) * m + inner;
                            out[places.logDeterminant(i, j)] -= f * v[hh + outside];
                            out[places.ee(i, j)] += 2 * f * v[aah + outside];
                            if (places.reml()) {
                                out[places.trace(i, j)] += 2 * f * v[kh + outside];
                            }
                        }
                    }
                }
            }
        }
    }
}

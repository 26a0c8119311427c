package io.echelon.likelihood;

import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.Standardization;
import io.echelon.linalg.CompensatedSums;
import io.echelon.linalg.Dense;
import io.echelon.linalg.Packed;
import java.util.Arrays;

/**
 * Elimination of the random effects of any number of nested levels, from the innermost groups to the root: a block
 * Cholesky of the mixed-model equations that carries derivatives along.
 *
 * <p>A node with block C = C_zz and cross-products T = C_zr with the rest r = [z of outer levels, x, y] leaves
 * S = C_rr − T'M T to the rest. With N, M, H of {@link NodeFactor}, W = N'T and P = M T = ΨW, and subscripts for
 * derivatives, i being a parameter of the node's own level (Ψ_i = B_i) or of a level within (C_i, T_i, and
 * D_i = T_i − C_i P):
 *
 * <pre>
 *   S_i  own:           −W'B_iW
 *   S_i  within:        C_rr,i − (P'T_i + T_i'P − P'C_iP)
 *   S_ij own, own:      W'(B_iHB_j + B_jHB_i)W
 *   S_ij own, within:   −(W'B_iN'D_j + its transpose)
 *   S_ij within both:   C_rr,ij − (P'T_ij + T_ij'P − P'C_ijP) − (D_i'MD_j + its transpose)
 *
 *   log|I + ΨC|_i       tr(HB_i)                 or  tr(MC_i)
 *   log|I + ΨC|_ij      −tr(HB_jHB_i)            or  tr(N'C_jNB_i)   or  tr(MC_ij) − tr(MC_jMC_i)
 * </pre>
 *
 * Each update has the form F'G + G'F; its rows for outer random effects go to the enclosing nodes, the rest to the root.
 */
final class Elimination {
    private static final int FLUSH = 256;

    private final Moments moments;
    private final MomentLayout layout;
    private final LevelCovariance[] covariances;
    private final RootSums places;
    private final RootCoordinates coordinates;
    private final boolean derivatives;
    private final int levels;
    private final int p;
    private final int k;
    private final int[] next;
    private final Node[] nodes;
    private final CompensatedSums total;
    private final RootBlock sums;
    private final double[] root;

    private final SeriesJets series;

    private Elimination(Moments moments, LevelCovariance[] covariances, double[] residual, RootSums places,
                        RootCoordinates coordinates) {
        this.moments = moments;
        this.covariances = covariances;
        this.places = places;
        this.coordinates = coordinates;
        layout = moments.layout();
        derivatives = coordinates != null;
        levels = layout.levels();
        p = layout.fixed();
        k = derivatives ? places.k() : 0;
        series = moments.series() == null ? null : new SeriesJets(moments.series(), residual, derivatives);
        next = new int[levels];
        nodes = new Node[levels];
        for (int l = 0; l < levels; l++) {
            nodes[l] = new Node(l);
        }
        sums = new RootBlock(places, derivatives);
        root = sums.values;
        total = new CompensatedSums(root.length);
    }

    /** The value sums of a part; see {@link RootSums}. */
    static CompensatedSums values(Moments moments, LevelCovariance[] covariances, double[] residual, RootSums places) {
        return new Elimination(moments, covariances, residual, places, null).run();
    }

    /** The derivative sums of a part; see {@link RootSums}. */
    static CompensatedSums derivatives(Moments moments, LevelCovariance[] covariances, double[] residual,
                                       RootSums places, RootCoordinates coordinates) {
        return new Elimination(moments, covariances, residual, places, coordinates).run();
    }

    /** The sums of each top-level group by itself, one group after the other. */
    interface Groups {
        /** The sums of the next group; the array is used again. */
        double[] next();
    }

    /**
     * Value sums group by group, or derivative sums where coordinates are given; what the residuals alone add is left out.
     */
    static Groups groups(Moments moments, LevelCovariance[] covariances, double[] residual, RootSums places,
                         RootCoordinates coordinates) {
        Elimination elimination = new Elimination(moments, covariances, residual, places, coordinates);
        int[] group = {0};
        return () -> {
            Arrays.fill(elimination.root, 0);
            elimination.visit(0, group[0]++);
            return elimination.root;
        };
    }

    private CompensatedSums run() {
        if (series != null) {
            addResiduals();
        }
        int top = levels == 0 ? 0 : moments.nodes(0);
        for (int node = 0; node < top; node++) {
            visit(0, node);
            if (node % FLUSH == FLUSH - 1 || node == top - 1) {
                total.add(root);
                Arrays.fill(root, 0);
            }
        }
        return total;
    }

    /** What the residuals alone add to the root: log|R| and the cross-products of [x y]. */
    private void addResiduals() {
        int m = k == 0 ? 0 : series.logDeterminant.variables();
        int from = k - m;
        int length = Packed.size(p + 1);
        double[] value = new double[length];
        double[][] first = new double[m][length];
        double[][] second = new double[Packed.size(m)][length];
        series.addRoot(value, first, second);
        if (derivatives) {
            for (int i = 0; i < m; i++) {
                root[places.logDeterminant(from + i)] += series.logDeterminant.first(i);
                double[][] changed = coordinates.changed(first[i], p + 1);
                sums.addFirst((r, c) -> changed[r][c], from + i, 1);
                for (int j = 0; j <= i; j++) {
                    root[places.logDeterminant(from + i, from + j)] += series.logDeterminant.second(i, j);
                    double[][] again = coordinates.changed(second[Packed.index(i, j)], p + 1);
                    sums.addSecond((r, c) -> again[r][c], from + i, from + j, 1);
                }
            }
        } else {
            root[0] += series.logDeterminant.value();
            sums.addValue((r, c) -> value[Packed.index(r, c)], 1);
        }
        total.add(root);
        Arrays.fill(root, 0);
    }

    private void visit(int level, int index) {
        Node node = nodes[level];
        node.load(index);
        int inner = level + 1;
        if (inner < levels) {
            int[] parent = moments.parent()[inner];
            while (next[inner] < parent.length && parent[next[inner]] == index) {
                visit(inner, next[inner]++);
            }
        }
        node.eliminate();
    }

    /** Blocks of one level for the node being worked on. */
    private final class Node {
        final int level;
        final int q;
        final int rest;
        final int zz;
        final LevelCovariance covariance;
        final int within;
        final int count;
        /** Value, then derivatives for parameters within, then second derivatives, each a block as in {@link Moments}. */
        final double[] value;
        final double[][] first;
        final double[][] second;
        final NodeFactor factor;
        final double[] t;
        final double[] w;
        final double[] pt;
        final double[][] ci;
        final double[][] di;
        final double[] qq;
        final double[] rr;
        final double[] f;
        final double[] g;
        final int[] columns = new int[p + 1];
        /** Weight of the present node. */
        double weight = 1;
        /** The same times those of its ancestors: its weight in the root. */
        double rootShare = 1;

        Node(int level) {
            this.level = level;
            q = layout.effects()[level];
            rest = layout.rest(level);
            zz = Packed.size(q);
            covariance = covariances[level];
            within = covariance.first() + covariance.parameters();
            count = Math.max(0, k - within);
            int stride = layout.stride(level);
            value = new double[stride];
            first = new double[count][stride];
            second = new double[Packed.size(count)][stride];
            factor = new NodeFactor(covariance);
            t = new double[q * rest];
            w = new double[q * rest];
            pt = new double[q * rest];
            ci = new double[count][q * q];
            di = new double[count][q * rest];
            qq = new double[q * q];
            rr = new double[q * rest];
            f = new double[q * rest];
            g = new double[q * rest];
        }

        void load(int index) {
            for (double[] d : first) {
                Arrays.fill(d, 0);
            }
            for (double[] d : second) {
                Arrays.fill(d, 0);
            }
            if (series == null) {
                System.arraycopy(moments.data()[level], index * value.length, value, 0, value.length);
            } else {
                Arrays.fill(value, 0);
                int m = derivatives ? series.logDeterminant.variables() : 0;
                series.addTo(level, index, value, first, second, count - m);
                for (int i = count - m; i < count; i++) {
                    change(first[i]);
                    for (int j = count - m; j <= i; j++) {
                        change(second[Packed.index(i, j)]);
                    }
                }
            }
            if (derivatives) {
                change(value);
            }
            double share = 1;
            weight = moments.weights() == null ? 1 : moments.weights().of(level, index);
            for (int l = level; l >= 0; l--) {
                share *= nodes[l].weight;
            }
            rootShare = share;
        }

        private void change(double[] block) {
            for (int i = 0; i < q; i++) {
                coordinates.change(block, zz + i * rest + layout.offset(level));
            }
        }

        void eliminate() {
            double logDeterminant = factor.factor(value, 0);
            System.arraycopy(value, zz, t, 0, t.length);
            boolean stiff = factor.stiff();
            if (stiff) {
                factor.refined(t, rest, w, pt, rr);
            } else {
                Dense.multiply(factor.m, t, pt, q, q, rest);
            }
            copy(t, -0.5, g);
            spread(pt, g, Target.VALUE, 0, 0);
            if (!derivatives) {
                root[0] += rootShare * logDeterminant;
                return;
            }
            if (!stiff) {
                Dense.multiplyTransposed(factor.n, t, w, q, q, rest);
            }
            firstWithin();
            secondWithin();
            own();
        }

        private void firstWithin() {
            for (int i = 0; i < count; i++) {
                unpack(first[i], ci[i]);
                root[places.logDeterminant(within + i)] += rootShare * Dense.trace(factor.m, ci[i]);
                Dense.multiply(ci[i], pt, rr, q, q, rest);
                for (int c = 0; c < rr.length; c++) {
                    double ti = first[i][zz + c];
                    di[i][c] = ti - rr[c];
                    g[c] = -(ti - 0.5 * rr[c]);
                }
                spread(pt, g, Target.FIRST, within + i, 0);
            }
        }

        private void secondWithin() {
            for (int i = 0; i < count; i++) {
                for (int j = 0; j <= i; j++) {
                    double[] block = second[Packed.index(i, j)];
                    unpack(block, qq);
                    double log = Dense.trace(factor.m, qq);
                    Dense.multiply(qq, pt, rr, q, q, rest);
                    for (int c = 0; c < rr.length; c++) {
                        g[c] = -(block[zz + c] - 0.5 * rr[c]);
                    }
                    spread(pt, g, Target.SECOND, within + i, within + j);
                    Dense.multiply(factor.m, di[j], g, q, q, rest);
                    copy(g, -1, g);
                    spread(di[i], g, Target.SECOND, within + i, within + j);
                    log -= traceOfFour(factor.m, ci[j], ci[i]);
                    root[places.logDeterminant(within + i, within + j)] += rootShare * log;
                }
            }
        }

        private void own() {
            int from = covariance.first();
            double[][] bases = covariance.bases();
            for (int i = 0; i < bases.length; i++) {
                double[] b = bases[i];
                root[places.logDeterminant(from + i)] += rootShare * Dense.trace(factor.h, b);
                Dense.multiply(b, w, f, q, q, rest);
                copy(f, -0.5, g);
                spread(w, g, Target.FIRST, from + i, 0);
                for (int j = 0; j <= i; j++) {
                    root[places.logDeterminant(from + i, from + j)] -= rootShare * traceOfFour(factor.h, bases[j], b);
                    Dense.multiply(bases[j], w, f, q, q, rest);
                    Dense.multiply(factor.h, f, rr, q, q, rest);
                    Dense.multiply(b, rr, g, q, q, rest);
                    spread(w, g, Target.SECOND, from + i, from + j);
                }
                for (int j = 0; j < count; j++) {
                    Dense.multiplyTransposed(factor.n, di[j], rr, q, q, rest);
                    Dense.multiply(b, rr, g, q, q, rest);
                    copy(g, -1, g);
                    spread(w, g, Target.SECOND, within + j, from + i);
                    Dense.multiply(ci[j], factor.n, qq, q, q, q);
                    double[] hj = new double[q * q];
                    Dense.multiplyTransposed(factor.n, qq, hj, q, q, q);
                    root[places.logDeterminant(within + j, from + i)] += rootShare * Dense.trace(b, hj);
                }
            }
        }

        /** tr(s x s y) of symmetric matrices. */
        private double traceOfFour(double[] s, double[] x, double[] y) {
            double[] sx = new double[q * q];
            double[] sy = new double[q * q];
            Dense.multiply(s, x, sx, q, q, q);
            Dense.multiply(s, y, sy, q, q, q);
            double sum = 0;
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    sum += sx[i * q + j] * sy[j * q + i];
                }
            }
            return sum;
        }

        private void unpack(double[] block, double[] full) {
            int at = 0;
            for (int i = 0; i < q; i++) {
                for (int j = 0; j <= i; j++) {
                    full[i * q + j] = block[at];
                    full[j * q + i] = block[at++];
                }
            }
        }

        private void copy(double[] from, double factor, double[] to) {
            for (int i = 0; i < from.length; i++) {
                to[i] = factor * from[i];
            }
        }

        /** Adds a'b + b'a to the enclosing nodes and the root, as value or as derivative for parameters i (and j ≤ i). */
        private void spread(double[] a, double[] b, Target target, int i, int j) {
            int off = layout.offset(level);
            // In maximum likelihood nothing needs second derivatives of x.
            int fromX = target == Target.SECOND && !places.reml() ? off + p : off;
            double share = 1;
            for (int outer = level - 1; outer >= 0; outer--) {
                share *= nodes[outer + 1].weight;
                double[] block = nodes[outer].block(target, i, j);
                int start = layout.offset(outer);
                int qo = layout.effects()[outer];
                int at = 0;
                for (int r = 0; r < qo; r++) {
                    for (int c = 0; c <= r; c++) {
                        block[at++] += share * pair(a, b, start + r, start + c);
                    }
                }
                for (int r = 0; r < qo; r++) {
                    for (int c = 0; c < start; c++) {
                        block[at++] += share * pair(a, b, start + r, c);
                    }
                    at += fromX - off;
                    for (int c = fromX; c < rest; c++) {
                        block[at++] += share * pair(a, b, start + r, c);
                    }
                }
            }
            RootBlock.Products products = (r, c) -> pair(a, b, off + r, off + c);
            switch (target) {
                case VALUE -> {
                    if (!derivatives && p < Standardization.MANY) {
                        sums.addValue(products, rootShare);
                    } else if (!derivatives) {
                        sums.addValue(products, columns, present(), rootShare);
                    }
                }
                case FIRST -> sums.addFirst(products, i, rootShare);
                default -> sums.addSecond(products, i, j, rootShare);
            }
        }

        /** Finds the root columns with which the effects have products, and returns their number. */
        private int present() {
            int count = 0;
            for (int c = layout.offset(level); c < rest; c++) {
                boolean any = false;
                for (int l = c; l < t.length && !any; l += rest) {
                    any = t[l] != 0;
                }
                if (any) {
                    columns[count++] = c - layout.offset(level);
                }
            }
            return count;
        }

        private double pair(double[] a, double[] b, int r, int c) {
            double s = 0;
            for (int l = 0; l < a.length; l += rest) {
                s += a[l + r] * b[l + c] + b[l + r] * a[l + c];
            }
            return s;
        }

        double[] block(Target target, int i, int j) {
            return switch (target) {
                case VALUE -> value;
                case FIRST -> first[i - within];
                default -> second[Packed.index(i - within, j - within)];
            };
        }
    }

    private enum Target { VALUE, FIRST, SECOND }
}

package io.echelon.group;

import io.echelon.error.EchelonException;
import io.echelon.linalg.Packed;
import io.echelon.residual.Residual;
import io.echelon.residual.ResidualModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Makes {@link Moments} of packed rows, where models have residual structures, weights, or scores group by group. */
public final class BlockMoments {
    private final GroupBlock block;
    private final double[] shift;
    /** Reciprocals of the scales, which are powers of 2. */
    private final double[] factor;
    private final MomentLayout layout;
    private final int levels;
    private final MomentProducts products;
    private final ResidualModel residual;
    private final WeightScaling scaling;
    private final double[][] weight;
    private final int[][] parent;
    private final int[][] rows;
    private final double[][] data;
    private final double[] root;
    private final TopGroups top;
    private final SeriesBuilder series;
    private long n;
    private double mass;

    private BlockMoments(GroupBlock block, Standardization standardization, ResidualModel residual,
                         WeightScaling scaling, boolean scores) {
        this.block = block;
        shift = standardization.shift();
        factor = Arrays.stream(standardization.scale()).map(s -> 1 / s).toArray();
        this.residual = residual;
        this.scaling = scaling;
        layout = standardization.layout();
        levels = layout.levels();
        products = new MomentProducts(layout);
        int[] nodes = IntStream.range(0, levels).map(block::nodes).toArray();
        parent = new int[levels][0];
        rows = new int[levels][];
        data = new double[levels][];
        weight = new double[levels][];
        for (int l = 0; l < levels; l++) {
            rows[l] = new int[nodes[l]];
            weight[l] = new double[nodes[l]];
            for (int k = 0; k < nodes[l]; k++) {
                weight[l][k] = scaling.group(block, l, k, block.firstRow(l, k), block.firstRow(l, k + 1));
            }
            data[l] = new double[Math.multiplyExact(nodes[l], layout.stride(l))];
        }
        for (int l = 1; l < levels; l++) {
            parent[l] = new int[nodes[l]];
            for (int k = 0; k < nodes[l - 1]; k++) {
                Arrays.fill(parent[l], block.first(l - 1, k), block.first(l - 1, k + 1), k);
            }
        }
        int side = Packed.size(layout.fixed() + 1);
        root = new double[side];
        top = scores ? new TopGroups(new double[nodes[0] * side], new double[nodes[0]], new double[nodes[0]]) : null;
        series = residual == null ? null : new SeriesBuilder(residual, products, nodes, scores);
    }

    /**
     * The cross-products of a block.
     *
     * @param standardization shifts and scales to apply to the rows, which are in original units
     * @param residual  residual structure, whose times and categories are in the block, or null
     * @param scaling   what the weights of the block mean
     * @param scores    keep the cross-products of [x y] of each top-level group
     * @throws EchelonException where a series has a time twice, or a time with a fraction that has to be whole
     */
    public static Moments of(GroupBlock block, Standardization standardization, ResidualModel residual,
                             WeightScaling scaling, boolean scores) {
        return new BlockMoments(block, standardization, residual, scaling, scores).build();
    }

    private Moments build() {
        int[] path = new int[levels];
        if (levels == 0) {
            leaf(path, 0, block.rows());
        } else {
            visit(0, 0, block.nodes(0), path);
        }
        NodeKeys[] keys = IntStream.range(0, levels).mapToObj(block::keys).toArray(NodeKeys[]::new);
        return new Moments(layout, parent, rows, data, root, n, keys, mass, weights(),
                series == null ? null : series.build(), top);
    }

    private NodeWeights weights() {
        boolean any = Arrays.stream(weight).flatMapToDouble(Arrays::stream).anyMatch(w -> w != 1);
        return any ? new NodeWeights(weight, scaling.frequency()) : null;
    }

    private void visit(int level, int from, int to, int[] path) {
        for (int node = from; node < to; node++) {
            path[level] = node;
            int first = block.first(level, node);
            int last = block.first(level, node + 1);
            if (level + 1 < levels) {
                visit(level + 1, first, last, path);
            } else {
                leaf(path, first, last);
            }
        }
    }

    private void leaf(int[] path, int from, int to) {
        double[] share = new double[levels + 1];
        double product = 1;
        for (int l = levels - 1; l >= 0; l--) {
            share[l] = product;
            product *= weight[l][path[l]];
        }
        share[levels] = product;
        double[] weights = scaling.rows(block, from, to);
        double[][] working = new double[to - from][];
        for (int r = from; r < to; r++) {
            working[r - from] = row(r);
            plain(path, working[r - from], weights[r - from], share);
            if (top != null) {
                toTop(path[0], r, working[r - from], weights[r - from] * share[0]);
            }
        }
        if (series != null) {
            addSeries(path, from, working, weights, share);
        }
    }

    private double[] row(int r) {
        double[] row = new double[layout.width()];
        block.working(r, row);
        for (int c = 0; c < row.length; c++) {
            row[c] = (row[c] - shift[c]) * factor[c];
        }
        return row;
    }

    private void plain(int[] path, double[] row, double weight, double[] share) {
        for (int l = 0; l < levels; l++) {
            double w = weight * share[l];
            products.addSquareToNode(l, row, w, data[l], path[l] * layout.stride(l));
            rows[l][path[l]] += scaling.frequency() ? (int) Math.rint(w) : 1;
        }
        double w = weight * share[levels];
        products.addSquareToRoot(row, w, root, 0);
        mass += w;
        n += scaling.frequency() ? Math.round(w) : 1;
    }

    private void toTop(int group, int r, double[] row, double weight) {
        boolean first = r == block.firstRow(0, group);
        double cluster = block.cluster(r);
        if (first) {
            top.cluster()[group] = cluster;
        } else if (top.cluster()[group] != cluster && !Double.isNaN(cluster)) {
            throw EchelonException.misuse("group " + block.keys(0).label(group) + " is split over clusters: the clusters of vce(cluster) must hold whole groups of the top level");
        }
        top.mass()[group] += weight;
        products.addSquareToRoot(row, weight, top.products(), group * root.length);
    }

    private void addSeries(int[] path, int from, double[][] working, double[] weights, double[] share) {
        for (int i = 1; i < working.length && residual.structures().get(0).parameters() > 0; i++) {
            if (block.category(from + i) != block.category(from)) {
                throw EchelonException.misuse("by(" + residual.by().variable() + ") has several values in group " + label(path)
                        + ": correlated residuals need one in each group; name a further level, or use"
                        + " residuals(independent, by(" + residual.by().variable() + "))");
            }
        }
        for (int c = 0; c < residual.structures().size(); c++) {
            Residual structure = residual.structures().get(c);
            int[] mine = inOrder(structure, c, from, working.length);
            if (mine.length == 0) {
                continue;
            }
            double[] times = new double[mine.length];
            double[][] rows = new double[mine.length][];
            for (int i = 0; i < mine.length; i++) {
                times[i] = block.time(from + mine[i]);
                rows[i] = working[mine[i]];
            }
            check(structure, times, path);
            if (structure.parameters() == 0) {
                // Independent rows may have weights of their own.
                for (int i : mine) {
                    double w = weights[i];
                    series.add(path, c, new double[][] {working[i]}, new double[] {0},
                            w == 1 ? share : Arrays.stream(share).map(s -> s * w).toArray());
                }
            } else if (block.weights() != null) {
                int[] copies = copies(structure, mine, weights, path);
                series.add(path, c, Arrays.stream(copies).mapToObj(i -> working[i]).toArray(double[][]::new),
                        Arrays.stream(copies).mapToDouble(i -> block.time(from + i)).toArray(), share);
            } else {
                series.add(path, c, rows, times, share);
            }
        }
    }

    /** Which of the rows of a group are of a category, in the order of their times where the structure has any. */
    private int[] inOrder(Residual structure, int category, int from, int count) {
        int[] mine = new int[count];
        int n = 0;
        boolean ordered = true;
        for (int i = 0; i < count; i++) {
            if (block.category(from + i) == category) {
                ordered &= n == 0 || block.time(from + mine[n - 1]) <= block.time(from + i);
                mine[n++] = i;
            }
        }
        if (structure.timed() && !ordered) {
            return Arrays.stream(mine, 0, n).boxed().sorted(Comparator.comparingDouble(i -> block.time(from + i)))
                    .mapToInt(Integer::intValue).toArray();
        }
        return Arrays.copyOf(mine, n);
    }

    /** Each row as often as its frequency weight says, which a structure with times allows once only. */
    private int[] copies(Residual structure, int[] mine, double[] weights, int[] path) {
        for (int i : mine) {
            if (structure.timed() && weights[i] > 1) {
                throw EchelonException.misuse("a row of group " + label(path) + " has the frequency weight " + number(weights[i])
                        + ": it stands for rows at the same time, and " + structure.title()
                        + " residuals need each time once in a group; weigh the groups with fweight(), or use"
                        + " residuals(exchangeable)");
            }
        }
        return Arrays.stream(mine).flatMap(i -> IntStream.generate(() -> i).limit(Math.round(weights[i]))).toArray();
    }

    private void check(Residual structure, double[] times, int[] path) {
        for (int i = 0; structure.timed() && i < times.length; i++) {
            if (structure.wholeTimes() && times[i] != Math.rint(times[i])) {
                throw EchelonException.misuse("t(" + residual.time() + ") is " + number(times[i]) + " in group " + label(path)
                        + ": " + structure.title() + " residuals need whole numbers; recode the times,"
                        + " or use residuals(exponential)");
            }
            if (i > 0 && times[i] == times[i - 1]) {
                throw EchelonException.misuse("t(" + residual.time() + ") is " + number(times[i])
                        + " more than once in group " + label(path) + ": " + structure.title()
                        + " residuals need each time once in a group; average the rows, or name a further level");
            }
        }
    }

    private static String number(double t) {
        return t == Math.rint(t) ? Long.toString((long) t) : Double.toString(t);
    }

    private String label(int[] path) {
        List<String> labels = new ArrayList<>();
        for (int l = 0; l < levels; l++) {
            labels.add(block.keys(l).label(path[l]));
        }
        return String.join(">", labels);
    }
}

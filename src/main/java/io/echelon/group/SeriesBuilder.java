package io.echelon.group;

import io.echelon.linalg.Packed;
import io.echelon.residual.Decomposition;
import io.echelon.residual.Piece;
import io.echelon.residual.Residual;
import io.echelon.residual.ResidualModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sums {@link SeriesMoments}, series by series; the series of a node have to come one after the other. */
final class SeriesBuilder implements Decomposition {
    private record Key(int category, Piece piece) {}

    private final ResidualModel model;
    private final MomentProducts products;
    private final int levels;
    private final Map<Key, Integer> known = new HashMap<>();
    private final List<Key> pieces = new ArrayList<>();
    private final List<double[]> root = new ArrayList<>();
    private double[] count = new double[16];
    private final double[] rowsOf;
    private final Blocks[] blocks;
    /** Of top-level groups by themselves, or null. */
    private final Blocks top;
    private final double[][] rowsOfTop;
    private int category;
    private double[][] series;
    private double[] share;
    private int now;
    /** The piece that was named last, and where its blocks start at each level, of the present series. */
    private Piece last;
    private final int[] place;
    private int placeOfTop;
    private int entryOfTop;
    /** Σ ww' over the rows w of the present series: the block of each level, and [x y] of the root. */
    private final double[][] squares;
    private final double[] rootSquares;
    private boolean squared;

    /**
     * @param nodes  nodes of each level
     * @param scores keep what scores need
     */
    SeriesBuilder(ResidualModel model, MomentProducts products, int[] nodes, boolean scores) {
        this.model = model;
        this.products = products;
        levels = nodes.length;
        rowsOf = new double[model.structures().size()];
        place = new int[levels];
        blocks = new Blocks[levels];
        for (int l = 0; l < levels; l++) {
            blocks[l] = new Blocks(nodes[l], products.layout().stride(l));
        }
        top = scores ? new Blocks(nodes[0], Packed.size(products.layout().fixed() + 1)) : null;
        rowsOfTop = new double[scores ? rowsOf.length : 0][scores ? nodes[0] : 0];
        squares = IntStream.range(0, levels).mapToObj(l -> new double[products.layout().stride(l)]).toArray(double[][]::new);
        rootSquares = new double[Packed.size(products.layout().fixed() + 1)];
    }

    /** Entries of one level, those of a node next to each other. */
    private static final class Blocks {
        final int stride;
        final int[] start;
        final Map<Integer, Integer> ofNode = new HashMap<>();
        int[] piece = new int[16];
        int[] at = new int[16];
        double[] count = new double[16];
        double[] data = new double[256];
        int entries;
        int used;
        int node = -1;

        Blocks(int nodes, int stride) {
            this.stride = stride;
            start = new int[nodes + 1];
        }

        void enter(int next) {
            while (node < next) {
                start[++node] = entries;
                ofNode.clear();
            }
        }

        /** The entry of a piece of the present node. */
        int entry(int id, int components) {
            Integer known = ofNode.get(id);
            if (known != null) {
                return known;
            }
            if (entries == piece.length) {
                piece = Arrays.copyOf(piece, 2 * entries);
                at = Arrays.copyOf(at, 2 * entries);
                count = Arrays.copyOf(count, 2 * entries);
            }
            int needed = Math.addExact(used, components * stride);
            if (needed > data.length) {
                data = Arrays.copyOf(data, Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, 2L * data.length)));
            }
            piece[entries] = id;
            at[entries] = used;
            ofNode.put(id, entries);
            used = needed;
            return entries++;
        }
    }

    /**
     * Adds the rows of one series.
     *
     * @param path   node of each level
     * @param rows   working rows in the order of their times
     * @param times  their times
     * @param share  weight in the sums of each level and, last, of the root
     */
    void add(int[] path, int category, double[][] rows, double[] times, double[] share) {
        for (int l = 0; l < levels; l++) {
            blocks[l].enter(path[l]);
        }
        if (top != null) {
            top.enter(path[0]);
            rowsOfTop[category][path[0]] += share[0] * rows.length;
        }
        this.category = category;
        this.share = share;
        series = rows;
        last = null;
        squared = false;
        rowsOf[category] += share[levels] * rows.length;
        model.structures().get(category).decompose(times, this);
    }

    @Override
    public void piece(Piece piece, int times) {
        if (!piece.equals(last)) {
            find(piece);
            last = piece;
        }
        count[now] += times * share[levels];
        if (top != null) {
            top.count[entryOfTop] += times * share[0];
        }
    }

    private void find(Piece piece) {
        Residual structure = model.structures().get(category);
        int components = structure.components(piece);
        Key key = new Key(category, piece);
        Integer id = known.get(key);
        if (id == null) {
            id = pieces.size();
            known.put(key, id);
            pieces.add(key);
            root.add(new double[components * Packed.size(products.layout().fixed() + 1)]);
            if (id == count.length) {
                count = Arrays.copyOf(count, 2 * id);
            }
        }
        now = id;
        for (int l = 0; l < levels; l++) {
            int entry = blocks[l].entry(now, components);
            place[l] = blocks[l].at[entry];
        }
        if (top != null) {
            entryOfTop = top.entry(now, components);
            placeOfTop = top.at[entryOfTop];
        }
    }

    @Override
    public void add(int component, int s, int t, double factor) {
        add(component, series[s], series[t], factor);
    }

    @Override
    public void addIdentity(int component, double factor) {
        if (!squared) {
            square();
            squared = true;
        }
        for (int l = 0; l < levels; l++) {
            addScaled(squares[l], factor * share[l], blocks[l].data, place[l] + component * blocks[l].stride);
        }
        if (top != null) {
            addScaled(rootSquares, factor * share[0], top.data, placeOfTop + component * top.stride);
        }
        addScaled(rootSquares, factor * share[levels], root.get(now), component * rootSquares.length);
    }

    private void square() {
        Arrays.fill(rootSquares, 0);
        for (int l = 0; l < levels; l++) {
            Arrays.fill(squares[l], 0);
        }
        for (double[] row : series) {
            for (int l = 0; l < levels; l++) {
                products.addSquareToNode(l, row, 1, squares[l], 0);
            }
            products.addSquareToRoot(row, 1, rootSquares, 0);
        }
    }

    private static void addScaled(double[] from, double factor, double[] to, int start) {
        for (int i = 0; i < from.length; i++) {
            to[start + i] += factor * from[i];
        }
    }

    @Override
    public void addOnes(int component) {
        double[] sum = new double[products.layout().width()];
        for (double[] row : series) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += row[c];
            }
        }
        add(component, sum, sum, 0.5);
    }

    private void add(int component, double[] a, double[] b, double factor) {
        for (int l = 0; l < levels; l++) {
            products.addToNode(l, a, b, factor * share[l], blocks[l].data, place[l] + component * blocks[l].stride);
        }
        if (top != null) {
            products.addToRoot(a, b, factor * share[0], top.data, placeOfTop + component * top.stride);
        }
        products.addToRoot(a, b, factor * share[levels], root.get(now), component * rootSquares.length);
    }

    private TopSeries buildTop() {
        if (top == null) {
            return null;
        }
        top.enter(top.start.length - 1);
        int[] block = Arrays.stream(top.at).limit(top.entries).map(a -> a / top.stride).toArray();
        return new TopSeries(top.start, Arrays.copyOf(top.piece, top.entries), block, Arrays.copyOf(top.data, top.used),
                Arrays.copyOf(top.count, top.entries), rowsOfTop);
    }

    SeriesMoments build() {
        int[][] start = new int[levels][];
        int[][] piece = new int[levels][];
        int[][] at = new int[levels][];
        double[][] data = new double[levels][];
        for (int l = 0; l < levels; l++) {
            Blocks b = blocks[l];
            b.enter(b.start.length - 1);
            start[l] = b.start;
            piece[l] = Arrays.copyOf(b.piece, b.entries);
            at[l] = Arrays.copyOf(b.at, b.entries);
            data[l] = Arrays.copyOf(b.data, b.used);
        }
        int[] categories = pieces.stream().mapToInt(Key::category).toArray();
        return new SeriesMoments(model, categories, pieces.stream().map(Key::piece).toArray(Piece[]::new),
                Arrays.copyOf(count, pieces.size()), rowsOf, start, piece, at, data, root.toArray(double[][]::new), buildTop());
    }
}

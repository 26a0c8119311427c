package io.echelon.likelihood.generalized;

import io.echelon.group.GroupBlock;
import io.echelon.quadrature.ProductRule;
import java.util.Arrays;

/**
 * Where the nodes of the integrals of a top-level group lie, and their posterior weights: for each node of the group, one
 * placement for each path of integration points of its ancestors. Placements stay beside the block from one evaluation to the
 * next, as starts, where they take no more room than the rows; the weights serve one group in one evaluation.
 */
final class KeptPlacements {
    private final GroupBlock block;
    private final int levels;
    private final int[] q;
    private final int[] points;
    /** Number of paths of points above each level. */
    private final int[] paths;
    /** For each level q + q² values a node and path. */
    private final double[][] places;
    private final boolean[] lasting;
    private final double[][] weights;
    private final int[] firstNode;

    KeptPlacements(GroupBlock block, ProductRule[] rules) {
        this.block = block;
        levels = rules.length;
        q = block.layout().effects();
        points = new int[levels];
        paths = new int[levels];
        int[] size = new int[levels];
        lasting = new boolean[levels];
        int above = 1;
        for (int l = 0; l < levels; l++) {
            points[l] = rules[l].size();
            paths[l] = above;
            long all = (long) block.nodes(l) * above * (q[l] + q[l] * q[l]);
            lasting[l] = all <= (long) block.rows() * block.layout().width();
            size[l] = lasting[l] ? (int) all : 0;
            above = Math.multiplyExact(above, points[l]);
        }
        places = block.placements(size).clone();
        weights = new double[levels][0];
        firstNode = new int[levels];
    }

    /** Begins with another top-level group. */
    void begin(int group) {
        int from = group;
        int to = group + 1;
        for (int l = 0; l < levels; l++) {
            firstNode[l] = from;
            int integrals = Math.multiplyExact(to - from, paths[l]);
            int size = Math.multiplyExact(integrals, points[l]);
            if (weights[l].length < size) {
                weights[l] = new double[size];
            }
            if (!lasting[l]) {
                int room = Math.multiplyExact(integrals, q[l] + q[l] * q[l]);
                if (places[l].length < room) {
                    places[l] = new double[room];
                } else {
                    Arrays.fill(places[l], 0, room, 0);
                }
            }
            from = block.first(l, from);
            to = block.first(l, to);
        }
    }

    private int placeAt(int level, int node, int path) {
        int first = lasting[level] ? 0 : firstNode[level];
        return ((node - first) * paths[level] + path) * (q[level] + q[level] * q[level]);
    }

    private int weightAt(int level, int node, int path) {
        return ((node - firstNode[level]) * paths[level] + path) * points[level];
    }

    /** Puts the nodes of an integral where they were; false where they were nowhere yet. */
    boolean loadPlace(int level, int node, int path, NodePlacement place) {
        int at = placeAt(level, node, path);
        int side = q[level];
        if (places[level][at + side] == 0) {
            return false;
        }
        System.arraycopy(places[level], at, place.centre, 0, side);
        System.arraycopy(places[level], at + side, place.factor, 0, side * side);
        return true;
    }

    /** Nodes and posterior weights as {@link #store} left them. */
    void load(int level, int node, int path, NodePlacement place) {
        loadPlace(level, node, path, place);
        System.arraycopy(weights[level], weightAt(level, node, path), place.weight, 0, points[level]);
    }

    void store(int level, int node, int path, NodePlacement place) {
        int at = placeAt(level, node, path);
        int side = q[level];
        System.arraycopy(place.centre, 0, places[level], at, side);
        System.arraycopy(place.factor, 0, places[level], at + side, side * side);
        System.arraycopy(place.weight, 0, weights[level], weightAt(level, node, path), points[level]);
    }
}

package io.echelon.likelihood.generalized;

import io.echelon.group.GroupBlock;
import io.echelon.quadrature.Integration;
import io.echelon.quadrature.ProductRule;
import java.util.Arrays;

/**
 * One pass over the groups of a block: first the nodes of every integral of a group are placed and its log likelihood is found, then the
 * derivatives are summed over the nodes, whose posterior weights are known by then.
 */
final class QuadratureSweep {
    /** Nodes with less posterior weight than this add nothing that would show. */
    private static final double NO_WEIGHT = 1e-20;

    private final Predictor predictor;
    private final GroupBlock block;
    private final Integration integration;
    private final int levels;
    private final int[] q;
    private final int[] start;
    private final ProductRule[] rules;
    private final JointMode joint;
    private final ScoreSums sums;
    private final BaseTerms base;
    private final int parameters;
    /** One working place a level: the recursion holds one node of each level in hand. */
    private final NodePlacement[] placement;
    /** Kept placements: for each level, {@code stride} doubles for each node of the group and each path of nodes above it. */
    private final double[][] kept;
    private final int[] stride;
    private final int[] paths;
    private final int[] firstNode;
    private final double[] v;
    private final NodePlacement.LogDensity[] logDensity;
    private final int[] node;
    private final int[] path;
    /** For each level: score at each node of its rule, one after the other; their mean. */
    private final double[][] scores;
    private final double[][] mean;
    private Contribution total;

    QuadratureSweep(Predictor predictor, Integration integration) {
        this.predictor = predictor;
        this.integration = integration;
        block = predictor.block;
        levels = predictor.levels;
        q = predictor.q;
        start = predictor.start;
        joint = new JointMode(predictor);
        sums = new ScoreSums(predictor);
        base = new BaseTerms(predictor);
        parameters = sums.parameters();
        rules = new ProductRule[levels];
        placement = new NodePlacement[levels];
        kept = new double[levels][0];
        stride = new int[levels];
        paths = new int[levels];
        firstNode = new int[levels];
        v = new double[start[levels]];
        node = new int[levels];
        path = new int[levels];
        scores = new double[levels][];
        mean = new double[levels][parameters];
        logDensity = new NodePlacement.LogDensity[levels];
        int above = 1;
        for (int l = 0; l < levels; l++) {
            rules[l] = ProductRule.of(integration.points()[l], q[l]);
            placement[l] = new NodePlacement(integration.method(), rules[l]);
            stride[l] = q[l] + q[l] * q[l] + rules[l].size();
            paths[l] = above;
            above = Math.multiplyExact(above, rules[l].size());
            scores[l] = new double[rules[l].size() * parameters];
            int level = l;
            logDensity[l] = l == levels - 1 ? (k, point) -> innermost(point) : (k, point) -> children(level, point, k);
        }
    }

    Contribution run() {
        total = new Contribution(parameters);
        for (int g = 0; g < block.nodes(0); g++) {
            group(g);
        }
        return total;
    }

    /** Posterior means and covariances of the standard normals, by the posterior weights of the nodes. */
    PosteriorMoments posterior() {
        PosteriorMoments moments = PosteriorMoments.zero(predictor);
        for (int g = 0; g < block.nodes(0); g++) {
            room(g);
            joint.begin(g);
            logIntegral(0, g, 0);
            average(0, g, 0, 1, moments);
        }
        return moments.centred(q);
    }

    /** Adds the points of a node and of those below it, {@code weight} being that of the points above. */
    private void average(int level, int j, int pathAbove, double weight, PosteriorMoments moments) {
        int at = keptAt(level, j, pathAbove);
        double[] keep = kept[level];
        for (int k = 0; k < rules[level].size(); k++) {
            double posterior = weight * keep[at + q[level] + q[level] * q[level] + k];
            if (posterior < NO_WEIGHT) {
                continue;
            }
            NodePlacement place = placement[level];
            System.arraycopy(keep, at, place.centre, 0, q[level]);
            System.arraycopy(keep, at + q[level], place.factor, 0, q[level] * q[level]);
            place.node(k, v, start[level]);
            moments.add(level, j, q[level], v, start[level], posterior);
            for (int c = block.first(level, j); level < levels - 1 && c < block.first(level, j + 1); c++) {
                average(level + 1, c, pathAbove * rules[level].size() + k, posterior, moments);
            }
        }
    }

    private void group(int g) {
        room(g);
        joint.begin(g);
        double weight = block.nodeWeight(0, g);
        base.begin();
        base.addNode(0, g, 1);
        double value = logIntegral(0, g, 0);
        total.add(weight * (value + base.value()));
        if (!Double.isFinite(value)) {
            return;
        }
        sums.begin(block.firstRow(0, g), block.firstRow(0, g + 1));
        derivatives(0, g, 0, weight);
        double[] score = mean[0];
        base.addScore(score);
        for (int i = 0; i < parameters; i++) {
            score[i] *= weight;
        }
        total.addScore(score);
        sums.addHessian(1, total.hessian());
        base.addHessian(weight, total.hessian());
    }

    private void room(int g) {
        int from = g;
        int to = g + 1;
        for (int l = 0; l < levels; l++) {
            firstNode[l] = from;
            int size = Math.multiplyExact(to - from, Math.multiplyExact(paths[l], stride[l]));
            if (kept[l].length < size) {
                kept[l] = new double[size];
            }
            from = block.first(l, from);
            to = block.first(l, to);
        }
    }

    private int keptAt(int level, int j, int pathAbove) {
        return ((j - firstNode[level]) * paths[level] + pathAbove) * stride[level];
    }

    /** Log integral of a node, the normals of its ancestors being those of the given path of nodes; keeps the placement. */
    private double logIntegral(int level, int j, int pathAbove) {
        NodePlacement place = placement[level];
        node[level] = j;
        path[level] = pathAbove;
        if (integration.method() != Integration.Method.NONADAPTIVE) {
            if (!joint.find(level, j)) {
                return Double.NaN;
            }
            System.arraycopy(joint.mode(level), j * q[level], place.centre, 0, q[level]);
            joint.spread(level, j, place.factor);
        }
        double value = place.logIntegral(logDensity[level]);
        double[] keep = kept[level];
        int at = keptAt(level, j, pathAbove);
        System.arraycopy(place.centre, 0, keep, at, q[level]);
        System.arraycopy(place.factor, 0, keep, at + q[level], q[level] * q[level]);
        System.arraycopy(place.weight, 0, keep, at + q[level] + q[level] * q[level], place.weight.length);
        return value;
    }

    private double innermost(double[] point) {
        System.arraycopy(point, 0, v, start[levels - 1], q[levels - 1]);
        return predictor.logDensity(node[levels - 1], v);
    }

    /** Sum of the log integrals of the children of the node in hand, its own normals being those of node k of its rule. */
    private double children(int level, double[] point, int k) {
        System.arraycopy(point, 0, v, start[level], q[level]);
        int j = node[level];
        predictor.descend(level, j, v);
        double sum = 0;
        int below = path[level] * rules[level].size() + k;
        for (int c = block.first(level, j); c < block.first(level, j + 1); c++) {
            sum += block.nodeWeight(level + 1, c) * logIntegral(level + 1, c, below);
        }
        return sum;
    }

    /**
     * Adds {@code weight} times the second derivatives of the log integral of a node to the sums, and leaves its score in
     * {@code mean[level]}.
     */
    private void derivatives(int level, int j, int pathAbove, double weight) {
        int at = keptAt(level, j, pathAbove);
        int weightAt = at + q[level] + q[level] * q[level];
        double[] keep = kept[level];
        double[] s = scores[level];
        Arrays.fill(s, 0);
        double[] average = mean[level];
        Arrays.fill(average, 0);
        double[] one = new double[parameters];
        for (int k = 0; k < rules[level].size(); k++) {
            double posterior = keep[weightAt + k];
            if (posterior < NO_WEIGHT) {
                continue;
            }
            NodePlacement place = placement[level];
            System.arraycopy(keep, at, place.centre, 0, q[level]);
            System.arraycopy(keep, at + q[level], place.factor, 0, q[level] * q[level]);
            place.node(k, v, start[level]);
            Arrays.fill(one, 0);
            if (level == levels - 1) {
                predictor.evaluateLeaf(j, v, 2);
                int from = block.first(level, j);
                sums.add(from, block.first(level, j + 1) - from, v, weight * posterior, one);
            } else {
                predictor.descend(level, j, v);
                for (int c = block.first(level, j); c < block.first(level, j + 1); c++) {
                    double w = block.nodeWeight(level + 1, c);
                    derivatives(level + 1, c, pathAbove * rules[level].size() + k, weight * posterior * w);
                    for (int i = 0; i < parameters; i++) {
                        one[i] += w * mean[level + 1][i];
                    }
                }
            }
            System.arraycopy(one, 0, s, k * parameters, parameters);
            for (int i = 0; i < parameters; i++) {
                average[i] += posterior * one[i];
            }
        }
        spread(level, weight, keep, weightAt);
    }

    /** Adds weight × Σ π_k (s_k − g)(s_k − g)'. */
    private void spread(int level, double weight, double[] keep, int weightAt) {
        double[] s = scores[level];
        double[] g = mean[level];
        double[] d = new double[parameters];
        double[] hessian = total.hessian();
        for (int k = 0; k < rules[level].size(); k++) {
            double w = weight * keep[weightAt + k];
            if (keep[weightAt + k] < NO_WEIGHT) {
                continue;
            }
            for (int i = 0; i < parameters; i++) {
                d[i] = s[k * parameters + i] - g[i];
            }
            for (int i = 0, at = 0; i < parameters; i++) {
                double wi = w * d[i];
                for (int e = 0; e <= i; e++) {
                    hessian[at++] += wi * d[e];
                }
            }
        }
    }
}

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
    static final double NO_WEIGHT = 1e-20;

    private final Predictor predictor;
    private final GroupBlock block;
    private final Integration integration;
    private final int levels;
    private final int[] q;
    private final int[] start;
    private final ProductRule[] rules;
    private final JointMode joint;
    private final LeafPoints leaf;
    private final ScoreSums sums;
    private final BaseTerms base;
    private final int parameters;
    /** One working place a level: the recursion holds one node of each level in hand. */
    private final NodePlacement[] placement;
    private final KeptPlacements kept;
    private final double[] v;
    private final NodePlacement.LogDensities[] logDensities;
    private final int[] node;
    private final int[] path;
    /** For each level: scores at the nodes of its rule, parameter by parameter; their mean. */
    private final double[][] scores;
    private final double[][] mean;
    /** Nodes of the innermost rule × Q. */
    private final double[] leafNormals;
    private final double[] deviation;
    private Contribution total;

    QuadratureSweep(Predictor predictor, Integration integration, Factorization factorization) {
        this.predictor = predictor;
        this.integration = integration;
        block = predictor.block;
        levels = predictor.levels;
        q = predictor.q;
        start = predictor.start;
        joint = new JointMode(predictor, factorization);
        sums = new ScoreSums(predictor);
        base = new BaseTerms(predictor);
        parameters = sums.parameters();
        rules = new ProductRule[levels];
        placement = new NodePlacement[levels];
        v = new double[start[levels]];
        node = new int[levels];
        path = new int[levels];
        scores = new double[levels][];
        mean = new double[levels][parameters];
        logDensities = new NodePlacement.LogDensities[levels];
        int largest = 0;
        for (int l = 0; l < levels; l++) {
            rules[l] = ProductRule.of(integration.points()[l], q[l]);
            placement[l] = new NodePlacement(integration.method(), rules[l]);
            scores[l] = new double[rules[l].size() * parameters];
            largest = Math.max(largest, rules[l].size());
            int level = l;
            logDensities[l] = (place, g) -> children(level, place, g);
        }
        leaf = new LeafPoints(predictor, rules[levels - 1]);
        logDensities[levels - 1] = (place, g) -> leaf.logDensities(node[levels - 1], place, g);
        kept = new KeptPlacements(block, rules);
        leafNormals = new double[rules[levels - 1].size() * start[levels]];
        deviation = new double[parameters * largest];
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
            kept.begin(g);
            joint.begin(g);
            logIntegral(0, g, 0);
            average(0, g, 0, 1, moments);
        }
        return moments.centred(start);
    }

    /** Adds the points of a node and of those below it, {@code weight} being that of the points above. */
    private void average(int level, int j, int pathAbove, double weight, PosteriorMoments moments) {
        NodePlacement place = placement[level];
        kept.load(level, j, pathAbove, place);
        for (int k = 0; k < rules[level].size(); k++) {
            double posterior = weight * place.weight[k];
            if (posterior < NO_WEIGHT) {
                continue;
            }
            place.node(k, v, start[level]);
            moments.add(level, j, start[level + 1], v, posterior);
            for (int c = block.first(level, j); level < levels - 1 && c < block.first(level, j + 1); c++) {
                average(level + 1, c, pathAbove * rules[level].size() + k, posterior, moments);
            }
        }
    }

    private void group(int g) {
        kept.begin(g);
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
        total.addScore(score, block.cluster(block.firstRow(0, g)));
        sums.addHessian(1, total.hessian());
        base.addHessian(weight, total.hessian());
    }

    /** Log integral of a node, the normals of its ancestors being those of the given path of nodes; keeps the placement. */
    private double logIntegral(int level, int j, int pathAbove) {
        NodePlacement place = placement[level];
        node[level] = j;
        path[level] = pathAbove;
        double tolerance = level == 0 ? NodePlacement.SETTLED : placement[level - 1].accuracy;
        double value = Double.NaN;
        if (integration.method() == Integration.Method.MEAN_VARIANCE && kept.loadPlace(level, j, pathAbove, place)) {
            value = place.fromEarlier(logDensities[level], tolerance);
        }
        if (Double.isNaN(value)) {
            if (integration.method() != Integration.Method.NONADAPTIVE) {
                if (!joint.find(level, j)) {
                    return Double.NaN;
                }
                System.arraycopy(joint.mode(level), j * q[level], place.centre, 0, q[level]);
                joint.spread(level, j, place.factor);
            }
            value = place.logIntegral(logDensities[level], tolerance);
        }
        kept.store(level, j, pathAbove, place);
        return value;
    }

    /** For each node of a rule above the innermost level the sum of the log integrals of the children of the node in hand. */
    private void children(int level, NodePlacement place, double[] g) {
        int j = node[level];
        for (int k = 0; k < g.length; k++) {
            place.node(k, v, start[level]);
            predictor.descend(level, j, v);
            double sum = 0;
            int below = path[level] * rules[level].size() + k;
            for (int c = block.first(level, j); c < block.first(level, j + 1); c++) {
                sum += block.nodeWeight(level + 1, c) * logIntegral(level + 1, c, below);
            }
            g[k] = sum;
        }
    }

    /**
     * Adds {@code weight} times the second derivatives of the log integral of a node to the sums, and leaves its score in
     * {@code mean[level]}.
     */
    private void derivatives(int level, int j, int pathAbove, double weight) {
        int points = rules[level].size();
        NodePlacement place = placement[level];
        kept.load(level, j, pathAbove, place);
        double[] s = scores[level];
        Arrays.fill(s, 0);
        if (level == levels - 1) {
            for (int k = 0; k < points; k++) {
                System.arraycopy(v, 0, leafNormals, k * v.length, start[level]);
                place.node(k, leafNormals, k * v.length + start[level]);
            }
            leaf.derivatives(j, place);
            int from = block.first(level, j);
            sums.add(from, block.first(level, j + 1) - from, leaf.partials, leafNormals, place.weight, weight, s);
        } else {
            above(level, j, pathAbove, weight, s);
        }
        double[] average = mean[level];
        for (int i = 0; i < parameters; i++) {
            double sum = 0;
            for (int k = 0; k < points; k++) {
                sum += place.weight[k] * s[i * points + k];
            }
            average[i] = sum;
        }
        spread(points, weight, place.weight, s, average);
    }

    private void above(int level, int j, int pathAbove, double weight, double[] s) {
        int points = rules[level].size();
        NodePlacement place = placement[level];
        for (int k = 0; k < points; k++) {
            double posterior = place.weight[k];
            if (posterior < NO_WEIGHT) {
                continue;
            }
            place.node(k, v, start[level]);
            predictor.descend(level, j, v);
            for (int c = block.first(level, j); c < block.first(level, j + 1); c++) {
                double w = block.nodeWeight(level + 1, c);
                derivatives(level + 1, c, pathAbove * points + k, weight * posterior * w);
                for (int i = 0; i < parameters; i++) {
                    s[i * points + k] += w * mean[level + 1][i];
                }
            }
        }
    }

    /** Adds weight × Σ π_k (s_k − g)(s_k − g)'. */
    private void spread(int points, double weight, double[] posterior, double[] s, double[] g) {
        double[] d = deviation;
        double[] hessian = total.hessian();
        for (int i = 0, at = 0; i < parameters; i++) {
            int row = i * points;
            for (int k = 0; k < points; k++) {
                d[row + k] = s[row + k] - g[i];
            }
            for (int e = 0; e <= i; e++) {
                double sum = 0;
                for (int k = 0, other = e * points; k < points; k++) {
                    sum += posterior[k] * d[row + k] * d[other + k];
                }
                hessian[at++] += weight * sum;
            }
        }
    }
}

package io.echelon.likelihood.generalized;

import io.echelon.family.Family;
import io.echelon.group.GroupBlock;

/**
 * The log likelihood of the model without random effects; parameters are β and the ancillary ones. Rows of one top-level group
 * count as one in the sums of scores.
 *
 * @param apart whether rows without groups count each for itself there, as robust standard errors want
 */
public record FixedLikelihood(Family family, boolean apart) implements GroupLikelihood {
    private static final long serialVersionUID = 1L;

    @Override
    public Contribution evaluate(GroupBlock block, Parameters parameters) {
        Parameters fixed = new Parameters(parameters.beta(), parameters.ancillary(), zeros(block));
        Predictor predictor = new Predictor(block, family, fixed, new Loadings(new int[0], new int[0]));
        ScoreSums sums = new ScoreSums(predictor);
        BaseTerms base = new BaseTerms(predictor);
        Contribution total = new Contribution(sums.parameters());
        double[] v = new double[block.layout().random()];
        double[] certain = {1};
        Run run = (from, to, weight, score) -> {
            double[] own = new double[score.length];
            sums.begin(from, to);
            predictor.evaluateRows(from, to, 2);
            sums.add(from, to - from, predictor.partials, v, certain, 1, own);
            base.begin();
            base.add(from, to, 1);
            base.addScore(own);
            total.add(weight * (predictor.sum(from, to - from) + base.value()));
            sums.addHessian(weight, total.hessian());
            base.addHessian(weight, total.hessian());
            for (int j = 0; j < own.length; j++) {
                score[j] += weight * own[j];
            }
        };
        if (block.layout().levels() == 0) {
            int step = apart ? 1 : Math.max(1, block.rows());
            for (int i = 0; i < block.rows(); i += step) {
                double[] score = new double[sums.parameters()];
                run.add(i, i + step, 1, score);
                total.addScore(score, block.cluster(i));
            }
            return total;
        }
        for (int g = 0; g < block.nodes(0); g++) {
            double[] score = new double[sums.parameters()];
            visit(block, 0, g, 1, run, score);
            total.addScore(score, block.cluster(block.firstRow(0, g)));
        }
        return total;
    }

    /** Adds rows of one weight to the sums and to the score of their group. */
    private interface Run {
        void add(int from, int to, double weight, double[] score);
    }

    /** The rows below a node, together where no weights tell them apart. */
    private static void visit(GroupBlock block, int level, int node, double weightAbove, Run run, double[] score) {
        double weight = weightAbove * block.nodeWeight(level, node);
        if (!block.weightedBelow(level)) {
            run.add(block.firstRow(level, node), block.firstRow(level, node + 1), weight, score);
            return;
        }
        for (int c = block.first(level, node); c < block.first(level, node + 1); c++) {
            visit(block, level + 1, c, weight, run, score);
        }
    }

    private static double[][] zeros(GroupBlock block) {
        double[][] roots = new double[block.layout().levels()][];
        for (int l = 0; l < roots.length; l++) {
            roots[l] = new double[block.layout().effects()[l] * block.layout().effects()[l]];
        }
        return roots;
    }
}

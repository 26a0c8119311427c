package io.echelon.likelihood.generalized;

import io.echelon.family.Family;
import io.echelon.group.GroupBlock;

/**
 * The log likelihood of the model without random effects; parameters are β and the ancillary ones. Rows of one top-level group
 * count as one in the sums of scores.
 */
public record FixedLikelihood(Family family) implements GroupLikelihood {
    private static final long serialVersionUID = 1L;

    @Override
    public Contribution evaluate(GroupBlock block, Parameters parameters) {
        Parameters fixed = new Parameters(parameters.beta(), parameters.ancillary(), zeros(block));
        Predictor predictor = new Predictor(block, family, fixed, new Loadings(new int[0], new int[0]));
        ScoreSums sums = new ScoreSums(predictor);
        BaseTerms base = new BaseTerms(predictor);
        Contribution total = new Contribution(sums.parameters());
        int levels = block.layout().levels();
        int groups = levels == 0 ? 1 : block.nodes(0);
        double[] v = new double[block.layout().random()];
        double[] certain = {1};
        for (int g = 0; g < groups; g++) {
            int from = levels == 0 ? 0 : block.firstRow(0, g);
            int to = levels == 0 ? block.rows() : block.firstRow(0, g + 1);
            double weight = levels == 0 ? 1 : block.nodeWeight(0, g);
            double[] score = new double[sums.parameters()];
            sums.begin(from, to);
            predictor.evaluateRows(from, to, 2);
            sums.add(from, to - from, predictor.partials, v, certain, 1, score);
            base.begin();
            base.add(from, to, 1);
            base.addScore(score);
            total.add(weight * (predictor.sum(from, to - from) + base.value()));
            for (int j = 0; j < score.length; j++) {
                score[j] *= weight;
            }
            total.addScore(score);
            sums.addHessian(weight, total.hessian());
            base.addHessian(weight, total.hessian());
        }
        return total;
    }

    private static double[][] zeros(GroupBlock block) {
        double[][] roots = new double[block.layout().levels()][];
        for (int l = 0; l < roots.length; l++) {
            roots[l] = new double[block.layout().effects()[l] * block.layout().effects()[l]];
        }
        return roots;
    }
}

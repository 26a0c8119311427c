package io.echelon.estimate.fitted;

import io.echelon.group.GroupBlock;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.likelihood.ScoreSweep;
import io.echelon.likelihood.generalized.IntegratedLikelihood;
import io.echelon.likelihood.generalized.Parameters;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the scores of the top-level groups of a part, in the estimation metric.
 *
 * @param derivatives what the likelihood differentiates in, group by group
 * @param map         takes these derivatives to the parameters of the estimation metric (one row each)
 */
record GroupScoreKernel(Raw derivatives, double[][] map) implements PartStore.Kernel<GroupBlock, GroupScoreTable> {
    private static final long serialVersionUID = 1L;

    /** Derivatives of the parts of the log likelihood that the groups of a block have, by the number of the group. */
    interface Raw extends Serializable {
        Map<Double, double[]> of(GroupBlock block);
    }

    /** Of a linear model: in β, the relative covariance parameters and σ², in standardised coordinates. */
    record Linear(PartStore.Kernel<GroupBlock, Moments> moments, ScoreSweep sweep) implements Raw {
        @Override
        public Map<Double, double[]> of(GroupBlock block) {
            return sweep.apply(moments.apply(block)).ofClusters();
        }
    }

    /** Of a generalized model: in β, the ancillary parameters and the loadings. */
    record Generalized(IntegratedLikelihood likelihood, Parameters parameters) implements Raw {
        @Override
        public Map<Double, double[]> of(GroupBlock block) {
            return likelihood.evaluate(block, parameters).ofClusters();
        }
    }

    @Override
    public GroupScoreTable apply(GroupBlock block) {
        Map<Double, double[]> raw = derivatives.of(block.withGroupsAsClusters());
        List<String> groups = new ArrayList<>();
        List<double[]> scores = new ArrayList<>();
        for (int g = 0; g < block.nodes(0); g++) {
            groups.add(block.keys(0).label(g));
            double[] from = raw.getOrDefault((double) g, new double[map[0].length]);
            double[] score = new double[map.length];
            for (int i = 0; i < map.length; i++) {
                for (int j = 0; j < from.length; j++) {
                    score[i] += map[i][j] * from[j];
                }
            }
            scores.add(score);
        }
        return new GroupScoreTable(groups, scores);
    }
}

package io.echelon.estimate.linear;

import io.echelon.design.Column;
import io.echelon.design.Level;
import io.echelon.estimate.ObservedInformation;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.estimate.df.DfMethods;
import io.echelon.group.Standardization;
import io.echelon.likelihood.FixedInformation;
import io.echelon.likelihood.MixedLikelihood;
import io.echelon.likelihood.RootMoments;
import io.echelon.spec.LinearOptions.DfMethod;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Denominator degrees of freedom of a linear mixed model by the method asked for. */
final class DegreesOfFreedom {
    private final List<Level> levels;
    private final List<Column> fixed;
    private final MixedData data;
    private final Standardization standardization;
    private final double[][] variance;

    /**
     * @param fixed    estimated fixed-effects columns
     * @param variance Var(β̂) in original units
     */
    DegreesOfFreedom(List<Level> levels, List<Column> fixed, MixedData data, Standardization standardization, double[][] variance) {
        this.levels = levels;
        this.fixed = fixed;
        this.data = data;
        this.standardization = standardization;
        this.variance = variance;
    }

    /**
     * @param likelihood  restricted likelihood
     * @param evaluation  of it at the estimates
     * @param information observed, of the free unconstrained parameters
     * @param jacobian    of the natural parameters with respect to these
     */
    DenominatorDf by(DfMethod method, MixedLikelihood likelihood, MixedLikelihood.Evaluation evaluation,
                     ObservedInformation information, double[][] jacobian) {
        RootMoments root = data.root();
        return switch (method.name()) {
            case RESIDUAL -> DfMethods.residual(variance, root.n());
            case REPEATED, ANOVA -> {
                int used = method.name() == DfMethod.Name.REPEATED ? Math.min(1, levels.size()) : levels.size();
                int[] constants = levels.stream().limit(used).mapToInt(DegreesOfFreedom::constant).toArray();
                boolean[][] random = method.name() == DfMethod.Name.ANOVA ? random() : new boolean[0][];
                yield DfMethods.byLevel(variance, data.constantWithin(constants), random, root.groups(), root.n());
            }
            default -> smallSample(method, likelihood.fixedInformation(evaluation), information, jacobian);
        };
    }

    /** For each level and fixed-effects column, whether it has random coefficients there. */
    private boolean[][] random() {
        boolean[][] random = new boolean[levels.size()][fixed.size()];
        for (int l = 0; l < random.length; l++) {
            Set<String> names = levels.get(l).columns().stream().map(Column::name).collect(Collectors.toSet());
            for (int j = 0; j < fixed.size(); j++) {
                random[l][j] = names.contains(fixed.get(j).name());
            }
        }
        return random;
    }

    private static int constant(Level level) {
        return IntStream.range(0, level.columns().size()).filter(i -> level.columns().get(i).isConstant()).findFirst()
                .orElse(-1);
    }

    private DenominatorDf smallSample(DfMethod method, FixedInformation fixed, ObservedInformation information,
                                      double[][] jacobian) {
        int m = jacobian.length;
        double[][] observed = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                observed[i][j] = information.covariance(jacobian[i], jacobian[j]);
            }
        }
        double[][] inverse = standardization.coefficientsInverse();
        int p = inverse.length;
        double[][] map = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    map[i][j] += standardization.responseScale() * inverse[i][k] * fixed.lowerInverse()[j][k];
                }
            }
        }
        return DfMethods.smallSample(method, fixed, observed, map);
    }
}

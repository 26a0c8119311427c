package io.echelon.estimate.generalized;

import io.echelon.covariance.Covariance;
import io.echelon.design.Design;
import io.echelon.family.Family;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.likelihood.generalized.LaplaceLikelihood;
import io.echelon.linalg.Cholesky;
import io.echelon.optimize.Maximizer;
import io.echelon.optimize.Objective;
import io.echelon.quadrature.Integration;
import io.echelon.spec.MaximizeOptions;
import java.util.Locale;
import java.util.Optional;

/**
 * Starting values by Laplace's approximation for models whose integrals have many points: its maximum costs less than a few
 * evaluations of these, and is close to theirs. Where the maximisation starts does not change where it ends.
 */
final class LaplaceStart {
    /** Points for an observation from which on it is worth while. */
    static final double MANY = 300;
    /** Points from which on a fit takes long. */
    private static final double LONG = 1000;
    /** Largest share of a variance that the other effects may explain, so that the start is no end of the range. */
    private static final double LEAST_REST = 1e-3;
    /** Iterations that bring near enough. */
    private static final int ENOUGH = 15;

    private LaplaceStart() {}

    /** What to know of a model with so many points. */
    static Optional<String> note(Design design, Integration integration) {
        double points = DoubledPoints.points(design, integration);
        return integration.method() == Integration.Method.LAPLACE || points < LONG ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "%,.0f integration points for each observation take long; fewer intpoints() or"
                        + " intmethod(laplace) take less", points));
    }

    /**
     * Natural parameters to start with; empty where the approximation has no maximum inside their range.
     *
     * @param natural where it starts itself
     */
    static Optional<double[]> of(Family family, ParameterSpace space, PartStore<GroupBlock> parts, double[] natural) {
        GeneralizedObjective laplace = new GeneralizedObjective(parts, new LaplaceLikelihood(family, space.loadings()), space);
        Optional<Objective.Point> first = space.start(natural).flatMap(laplace::at);
        return first.map(point -> new Maximizer(laplace, MaximizeOptions.defaults().withIterations(ENOUGH), (i, value, note) -> { })
                        .maximize(point).point().parameters())
                .filter(phi -> inside(space, phi, natural)).map(space::naturals);
    }

    private static boolean inside(ParameterSpace space, double[] phi, double[] natural) {
        for (int e = 0; e < space.equations().size(); e++) {
            Covariance c = space.equations().get(e).covariance();
            if (c.parameters() == 0) {
                continue;
            }
            double[] theta = space.natural(e, phi).theta();
            double[] before = new double[theta.length];
            System.arraycopy(natural, space.parameterOf(e), before, 0, theta.length);
            double[][] sigma = c.matrix(theta);
            double[][] start = c.matrix(before);
            double[][] correlation = new double[sigma.length][sigma.length];
            for (int i = 0; i < sigma.length; i++) {
                if (!(sigma[i][i] > LEAST_REST * start[i][i])) {
                    return false;
                }
                for (int j = 0; j < sigma.length; j++) {
                    correlation[i][j] = sigma[i][j] / Math.sqrt(sigma[i][i] * sigma[j][j]) - (i == j ? LEAST_REST : 0);
                }
            }
            if (Cholesky.of(correlation).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}

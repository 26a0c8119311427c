package io.echelon.estimate.generalized;

import io.echelon.design.Column;
import io.echelon.family.Bernoulli;
import io.echelon.family.Binomial;
import io.echelon.family.Family;
import io.echelon.family.Multinomial;
import io.echelon.family.NegativeBinomialMean;
import io.echelon.family.Ordinal;
import io.echelon.family.Poisson;
import io.echelon.group.GroupBlock;
import io.echelon.linalg.SymmetricEigen;
import io.echelon.optimize.NewtonStep;
import io.echelon.optimize.Objective;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks for a combination of regressors that predicts some observations perfectly: a direction γ in which no log density
 * falls and some rise for ever (A. Albert and J. A. Anderson, Biometrika 71, 1984; for counts J. M. C. Santos Silva and
 * S. Tenreyro, 2010). Where there is one, Newton's steps from the end of a maximisation lead along it. They are asked for only where a
 * parameter is large or the Hessian has all but lost a direction, and believed only if every row agrees: two light passes over the
 * data.
 */
final class Separation {
    /** Share of the largest eigenvalue of the scaled Hessian below which a direction may be one of separation. */
    private static final double LOST = 1e-4;
    /** Parameters of this size are on their way to infinity, or of columns in small units. */
    private static final double LARGE = 10;
    private static final double NO_CURVATURE = 1e-14;
    /** Share of the largest change that is none. */
    private static final double NONE = 1e-3;

    private Separation() {}

    /**
     * What to tell the user, if there is such a combination.
     *
     * @param end where the maximisation of the model without random effects ended
     */
    static Optional<String> of(Objective.Point end, ParameterSpace space, UsableSample sample, List<Column> columns) {
        Family family = sample.family();
        boolean possible = family instanceof Bernoulli || family instanceof Binomial || family instanceof Poisson
                || family instanceof NegativeBinomialMean || family instanceof Ordinal || family instanceof Multinomial;
        Optional<double[]> step = possible ? step(end) : Optional.empty();
        if (step.isEmpty()) {
            return Optional.empty();
        }
        double[] direction = new double[space.coefficients() + space.ancillary()];
        for (int j = 0; j < direction.length; j++) {
            for (int f = 0; f < step.get().length; f++) {
                direction[j] += space.reduction().map()[j][f] * step.get()[f];
            }
        }
        int p = space.coefficients();
        Extent extent = sample.parts().aggregate(block -> Extent.of(block, family, direction, p), Extent::merge);
        if (!(extent.along > 0) || extent.against > NONE * extent.along) {
            return Optional.empty();
        }
        double least = NONE * extent.along;
        long rows = sample.parts().aggregate(block -> Extent.rows(block, family, direction, p, least), Long::sum);
        return Optional.of(sentence(names(direction, p, sample, columns), rows));
    }

    /** Newton's step over all directions with curvature, where there are signs of separation. */
    private static Optional<double[]> step(Objective.Point end) {
        double[] g = end.gradient();
        double[][] h = end.hessian();
        int k = g.length;
        double[] scale = new double[k];
        for (int i = 0; i < k; i++) {
            double curvature = Math.abs(h[i][i]);
            scale[i] = curvature > 0 ? 1 / Math.sqrt(curvature) : 1;
        }
        SymmetricEigen eigen = NewtonStep.curvature(h, scale);
        double largest = 0;
        double smallest = Double.POSITIVE_INFINITY;
        for (double v : eigen.values()) {
            largest = Math.max(largest, v);
            smallest = Math.min(smallest, v);
        }
        if (!(smallest < LOST * largest) && Arrays.stream(end.sizes()).max().orElse(0) < LARGE) {
            return Optional.empty();
        }
        double[] step = new double[k];
        for (int e = 0; e < k; e++) {
            double slope = 0;
            for (int i = 0; i < k; i++) {
                slope += eigen.vectors()[e][i] * scale[i] * g[i];
            }
            for (int i = 0; i < k && eigen.values()[e] > NO_CURVATURE * largest; i++) {
                step[i] += slope / eigen.values()[e] * eigen.vectors()[e][i] * scale[i];
            }
        }
        return Optional.of(step);
    }

    private static List<String> names(double[] direction, int p, UsableSample sample, List<Column> columns) {
        double most = 0;
        for (int j = 0; j < p; j++) {
            most = columns.get(j).isConstant() ? most : Math.max(most, size(direction, j, sample));
        }
        List<String> names = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            if (size(direction, j, sample) > NONE * most && !columns.get(j).isConstant()) {
                names.add(columns.get(j).name());
            }
        }
        return names.stream().distinct().toList();
    }

    /** Change of the linear predictor over a standard deviation of a column. */
    private static double size(double[] direction, int j, UsableSample sample) {
        int column = j % sample.products().scale().length;
        return Math.abs(direction[j]) * sample.products().scale(column) * Math.sqrt(sample.products().moment(column, column));
    }

    private static String sentence(List<String> names, long rows) {
        String found = rows + " observation" + (rows == 1 ? "" : "s") + " perfectly (separation): ";
        String shown = ", and what is shown is where the maximisation stopped; leave ";
        return names.size() == 1
                ? names.get(0) + " predicts " + found + "its coefficient has no finite estimate" + shown
                        + "it out, or merge categories."
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.get(names.size() - 1)
                        + " together predict " + found + "their coefficients have no finite estimates" + shown
                        + "one of them out, or merge categories.";
    }

    /** How far the rows go along a direction, and against what would keep their log density from falling. */
    private record Extent(double along, double against) implements Serializable {
        static Extent of(GroupBlock block, Family family, double[] direction, int p) {
            double along = 0;
            double against = 0;
            double[] pair = new double[2];
            for (int i = 0; i < block.rows(); i++) {
                changes(block, family, direction, p, i, pair);
                along = Math.max(along, pair[0]);
                against = Math.max(against, pair[1]);
            }
            return new Extent(along, against);
        }

        static long rows(GroupBlock block, Family family, double[] direction, int p, double least) {
            long rows = 0;
            double[] pair = new double[2];
            for (int i = 0; i < block.rows(); i++) {
                changes(block, family, direction, p, i, pair);
                rows += pair[0] > least ? 1 : 0;
            }
            return rows;
        }

        Extent merge(Extent other) {
            return new Extent(Math.max(along, other.along), Math.max(against, other.against));
        }

        /** By how much a row gains room from a unit of the direction, and by how much it loses some. */
        private static void changes(GroupBlock block, Family family, double[] direction, int p, int i, double[] pair) {
            double y = block.response().y()[i];
            if (family instanceof Multinomial multinomial) {
                changes(block, multinomial, direction, i, pair);
                return;
            }
            double s = product(block, i, direction, 0);
            double up;
            double down;
            if (family instanceof Ordinal ordinal) {
                int category = ordinal.number(y);
                int cuts = direction.length - p;
                down = category < cuts ? direction[p + category] - s : 0;
                up = category > 0 ? s - direction[p + category - 1] : 0;
                pair[0] = Math.max(0, Math.max(up, down));
                pair[1] = Math.max(0, Math.max(-up, -down));
                return;
            }
            boolean counts = family instanceof Poisson || family instanceof NegativeBinomialMean;
            double[] trials = block.response().trials();
            boolean all = !counts && (trials == null ? y != 0 : y == trials[i]);
            boolean none = y == 0;
            pair[0] = all ? Math.max(0, s) : none ? Math.max(0, -s) : 0;
            pair[1] = all ? Math.max(0, -s) : none ? Math.max(0, s) : Math.abs(s);
        }

        /** An outcome gains room as its linear predictor leaves those of the others behind. */
        private static void changes(GroupBlock block, Multinomial family, double[] direction, int i, double[] pair) {
            int observed = family.predictor(family.number(block.response().y()[i]));
            double own = observed < 0 ? 0 : product(block, i, direction, observed);
            // The base has the predictor 0.
            double most = own;
            double least = own;
            for (int e = 0; e < family.predictors(); e++) {
                double ahead = e == observed ? 0 : own - product(block, i, direction, e);
                most = Math.max(most, ahead);
                least = Math.min(least, ahead);
            }
            pair[0] = Math.max(0, most);
            pair[1] = Math.max(0, -least);
        }

        /** x'γ of a linear predictor. */
        private static double product(GroupBlock block, int i, double[] direction, int predictor) {
            int p = block.layout().fixed();
            double s = 0;
            for (int j = 0; j < p; j++) {
                s += block.x()[i * p + j] * direction[predictor * p + j];
            }
            return s;
        }
    }
}

package io.echelon.postestimation;

import io.echelon.covariance.Covariance;
import io.echelon.design.Column;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.estimate.ParameterNames;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.CommandName;
import java.util.ArrayList;
import java.util.List;

/**
 * The covariance matrices of the random effects as functions of the parameters of a fit. Variances are exp(2 ln σ) and
 * covariances tanh(a) σ_i σ_j of the parameters of the estimation metric.
 */
final class RandomCovariances {
    /**
     * Σ of one equation.
     *
     * @param level   its level
     * @param effects its random effects
     * @param elements Σ (q×q)
     */
    record Equation(Level level, Effects effects, LinearForm[][] elements) {
        /**
         * The variance of the constant, or zero where there is none.
         *
         * @param equation the linear predictor meant where there are several, otherwise empty
         */
        LinearForm constantVariance(int parameters, String equation) {
            for (int i = 0; i < elements.length; i++) {
                Column column = effects.columns().get(i);
                if (effects.factor().isPresent() || column.isConstant() && (column.equation().isEmpty()
                        || column.equation().equals(equation))) {
                    return elements[i][i];
                }
            }
            return new LinearForm(0, new double[parameters]);
        }

        double[][] values() {
            double[][] v = new double[elements.length][elements.length];
            for (int i = 0; i < v.length; i++) {
                for (int j = 0; j < v.length; j++) {
                    v[i][j] = elements[i][j].value();
                }
            }
            return v;
        }

        /** Names of the rows; one effect stands for all of a factor. */
        List<String> names() {
            return effects.factor().isPresent() ? effects.names() : effects.columns().stream().map(Column::name).toList();
        }
    }

    private RandomCovariances() {}

    /** Every equation of a model, outermost level first. */
    static List<Equation> of(Results results, NamedParameters parameters) {
        boolean linear = results.design().spec().command() == CommandName.MIXED;
        List<Equation> all = new ArrayList<>();
        boolean[] used = new boolean[results.estimates().varianceComponents().size()];
        for (Level level : results.design().levels()) {
            for (Effects effects : level.effects()) {
                List<Covariance.Component> components = linear ? effects.covariance().components(effects.names())
                        : ParameterNames.components(effects);
                LinearForm[] values = new LinearForm[components.size()];
                for (int c = 0; c < values.length; c++) {
                    int place = place(results.estimates(), level, components.get(c).label(), used);
                    used[place] = true;
                    values[c] = component(parameters, results.estimates(), place);
                }
                all.add(new Equation(level, effects, matrix(effects, components, values, parameters.count())));
            }
        }
        return all;
    }

    /** Where a component stands in the table: the first of its name that no equation before has. */
    private static int place(Estimates estimates, Level level, String label, boolean[] used) {
        for (int i = 0; i < used.length; i++) {
            VarianceComponent c = estimates.varianceComponents().get(i);
            if (!used[i] && c.level().equals(level.pathName()) && c.label().equals(label)) {
                return i;
            }
        }
        throw new IllegalStateException("no variance component " + label + " of " + level.pathName());
    }

    /** Σ is linear in its natural parameters, each of which a component shows. */
    private static LinearForm[][] matrix(Effects effects, List<Covariance.Component> components, LinearForm[] values,
                                         int parameters) {
        Covariance covariance = effects.covariance();
        int q = effects.factor().isPresent() ? 1 : covariance.dimension();
        LinearForm[][] sigma = new LinearForm[q][q];
        double[][] constant = covariance.constant();
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                sigma[i][j] = new LinearForm(constant[i][j], new double[parameters]);
            }
        }
        for (int k = 0; k < covariance.parameters(); k++) {
            double[][] basis = covariance.basis(k);
            for (int c = 0; c < values.length; c++) {
                Covariance.Component shown = components.get(c);
                double share = basis[shown.row()][shown.column()];
                if (share != 0) {
                    LinearForm theta = values[c].shifted(-constant[shown.row()][shown.column()]).times(1 / share);
                    for (int i = 0; i < q; i++) {
                        for (int j = 0; j < q; j++) {
                            sigma[i][j] = basis[i][j] == 0 ? sigma[i][j] : sigma[i][j].plus(theta, basis[i][j]);
                        }
                    }
                    break;
                }
            }
        }
        return sigma;
    }

    /** Variance, covariance or residual parameter i of the table of variance components. */
    static LinearForm component(NamedParameters parameters, Estimates estimates, int i) {
        VarianceComponent shown = estimates.varianceComponents().get(i);
        if (shown.level().equals("Residual") && !shown.structure().isEmpty()) {
            throw EchelonException.misuse("parameters of residual structures are available in the metric of estimation only: "
                    + String.join(", ", estimates.estimationMetric().stream().map(VarianceComponent::term).toList()));
        }
        VarianceComponent parameter = estimates.estimationMetric().get(i);
        double[] gradient = new double[parameters.count()];
        int place = gradient.length - estimates.estimationMetric().size();
        double v = shown.estimate();
        if (parameter.term().startsWith("lns")) {
            gradient[place + i] = 2 * v;
        } else {
            double r = Math.tanh(parameter.estimate());
            gradient[place + i] = r == 0 ? Math.sqrt(variance(estimates, i, 0) * variance(estimates, i, 1))
                    : v * (1 - r * r) / r;
            gradient[place + of(estimates, i, 0)] += v;
            gradient[place + of(estimates, i, 1)] += v;
        }
        return new LinearForm(v, gradient);
    }

    private static double variance(Estimates estimates, int covariance, int which) {
        return estimates.varianceComponents().get(of(estimates, covariance, which)).estimate();
    }

    /** Where the two standard deviations of a covariance stand: {@code atr1_1_2_1} is of the first and second effect. */
    private static int of(Estimates estimates, int covariance, int which) {
        String[] indices = estimates.estimationMetric().get(covariance).term().substring("atr".length()).split("_");
        String name = "lns" + indices[0] + "_" + indices[1] + "_" + indices[2 + which];
        String shared = "lns" + indices[0] + "_" + indices[1] + "_1";
        int common = -1;
        for (int i = 0; i < estimates.estimationMetric().size(); i++) {
            String term = estimates.estimationMetric().get(i).term();
            if (term.equals(name)) {
                return i;
            }
            common = term.equals(shared) ? i : common;
        }
        return common;
    }
}

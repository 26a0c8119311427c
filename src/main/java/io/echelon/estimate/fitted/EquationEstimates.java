package io.echelon.estimate.fitted;

import io.echelon.covariance.Covariance;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.estimate.ParameterNames;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.CommandName;
import java.util.ArrayList;
import java.util.List;

/**
 * The covariance matrix of a random-effects equation as a fit has it, put together again from the tables of the fit.
 *
 * @param level      number of its level, from 0
 * @param effects    the equation
 * @param components the elements of Σ that the tables show
 * @param places     for each of these its place among the variance components
 * @param theta      natural parameters
 */
public record EquationEstimates(int level, Effects effects, List<Covariance.Component> components, int[] places,
                                double[] theta) {

    /** The equations of all levels, in the order of the design. */
    public static List<EquationEstimates> of(Design design, Estimates estimates) {
        CommandName command = design.spec().command();
        List<EquationEstimates> all = new ArrayList<>();
        int next = 0;
        for (int l = 0; l < design.levels().size(); l++) {
            List<EquationEstimates> some = new ArrayList<>();
            for (Effects e : design.levels().get(l).effects()) {
                List<Covariance.Component> components = command == CommandName.MIXED
                        ? e.covariance().components(e.names()) : ParameterNames.components(e);
                some.add(new EquationEstimates(l, e, components, new int[components.size()],
                        new double[e.covariance().parameters()]));
            }
            // In tables of their own one equation follows the other; elsewhere all variances of a level come first.
            for (List<EquationEstimates> together : command.tablesApart() ? some.stream().map(List::of).toList()
                    : List.of(some)) {
                next = enter(together, command != CommandName.MIXED, next, estimates.varianceComponents());
            }
            all.addAll(some);
        }
        return all;
    }

    private static int enter(List<EquationEstimates> equations, boolean variancesFirst, int first,
                             List<VarianceComponent> components) {
        int next = first;
        for (boolean variances : variancesFirst ? new boolean[] {true, false} : new boolean[] {true}) {
            for (EquationEstimates e : equations) {
                for (int c = 0; c < e.places.length; c++) {
                    if (!variancesFirst || e.components.get(c).variance() == variances) {
                        int k = e.parameter(c);
                        if (k >= 0) {
                            e.theta[k] = components.get(next).estimate();
                        }
                        e.places[c] = next++;
                    }
                }
            }
        }
        return next;
    }

    /** The parameter that a component is a multiple of, or −1. */
    private int parameter(int component) {
        return parameter(components.get(component).row(), components.get(component).column());
    }

    /** The parameter that element (i, j) of Σ is a multiple of, or −1. */
    public int parameter(int i, int j) {
        for (int k = 0; k < theta.length; k++) {
            if (effects.covariance().basis(k)[i][j] != 0) {
                return k;
            }
        }
        return -1;
    }

    /** Σ. */
    public double[][] sigma() {
        return effects.covariance().matrix(theta);
    }

    /** Whether a component has a parameter of its own: it is not held at a value, and none before it has the same. */
    boolean free(int component) {
        int k = parameter(component);
        for (int c = 0; c < component; c++) {
            if (parameter(c) == k) {
                return false;
            }
        }
        return k >= 0;
    }

    /**
     * The derivatives of θ in the parameter of the estimation metric that stands for a free component: the log standard
     * deviation for a variance, the atanh correlation for a covariance.
     */
    double[] slope(int component) {
        Covariance covariance = effects.covariance();
        double[] slope = new double[theta.length];
        int own = parameter(component);
        double[][] sigma = sigma();
        int i = components.get(component).row();
        int j = components.get(component).column();
        if (i != j) {
            double scale = Math.sqrt(sigma[i][i] * sigma[j][j]);
            double r = sigma[i][j] / scale;
            slope[own] = scale > 0 ? (1 - r * r) * scale / covariance.basis(own)[i][j] : 0;
            return slope;
        }
        slope[own] = 2 * theta[own];
        for (int c = 0; c < components.size(); c++) {
            Covariance.Component other = components.get(c);
            if (!other.variance() && free(c)) {
                int k = parameter(c);
                slope[k] += (parameter(other.row(), other.row()) == own ? theta[k] : 0)
                        + (parameter(other.column(), other.column()) == own ? theta[k] : 0);
            }
        }
        return slope;
    }
}

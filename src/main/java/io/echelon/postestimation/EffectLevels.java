package io.echelon.postestimation;

import io.echelon.covariance.Covariance;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.estimate.ParameterNames;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.CommandName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts the covariance matrices of a fit together again from its variance components, which stand in the order of the design. */
final class EffectLevels {
    private final boolean linear;
    private final List<VarianceComponent> components;
    /** Place of the first variance component among the parameters of the fit. */
    private final int first;
    private final List<EffectLevel> levels = new ArrayList<>();
    private int next;

    private EffectLevels(Design design, Estimates estimates) {
        linear = design.spec().command() == CommandName.MIXED;
        components = estimates.varianceComponents();
        first = estimates.vcov().names().size() - estimates.estimationMetric().size();
        design.levels().forEach(this::add);
    }

    /** The levels that have random effects, outermost first; equations {@code _all: R.variable} are levels of their own. */
    static List<EffectLevel> of(Design design, Estimates estimates) {
        return new EffectLevels(design, estimates).levels;
    }

    private void add(Level level) {
        List<Column> columns = new ArrayList<>();
        level.effects().stream().filter(e -> e.factor().isEmpty()).forEach(e -> columns.addAll(e.columns()));
        double[][] sigma = new double[columns.size()][columns.size()];
        int[][] places = new int[columns.size()][columns.size()];
        Arrays.stream(places).forEach(row -> Arrays.fill(row, -1));
        int at = 0;
        for (Effects e : level.effects()) {
            if (e.factor().isPresent()) {
                addFactor(level, e);
                continue;
            }
            copy(block(e, places, at), sigma, at);
            at += e.columns().size();
        }
        if (!columns.isEmpty()) {
            levels.add(new EffectLevel(level.variable(), level.pathName(), level.grouping(), columns,
                    columns.stream().map(Column::name).toList(), sigma, places));
        }
    }

    private void addFactor(Level level, Effects e) {
        int[][] places = new int[e.columns().size()][e.columns().size()];
        Arrays.stream(places).forEach(row -> Arrays.fill(row, -1));
        double[][] sigma = block(e, places, 0);
        String factor = e.factor().orElseThrow();
        levels.add(new EffectLevel(factor, level.pathName(), List.of(factor), List.of(Column.constant()),
                List.of("R." + factor), new double[][] {{sigma[0][0]}}, new int[][] {{places[0][0]}}));
    }

    /** Σ of an equation; enters the places of its parameters from row and column {@code at} on. */
    private double[][] block(Effects e, int[][] places, int at) {
        Covariance covariance = e.covariance();
        double[] theta = new double[covariance.parameters()];
        for (Covariance.Component c : linear ? covariance.components(e.names()) : ParameterNames.components(e)) {
            int k = parameter(covariance, c.row(), c.column());
            if (k >= 0) {
                theta[k] = components.get(next).estimate();
            }
            places[at + c.row()][at + c.column()] = first + next;
            places[at + c.column()][at + c.row()] = first + next;
            next++;
        }
        shareVariances(covariance, places, at);
        return covariance.matrix(theta);
    }

    /** Variances that are one parameter are one component, which stands at the first of them. */
    private static void shareVariances(Covariance covariance, int[][] places, int at) {
        for (int i = 1; i < covariance.dimension(); i++) {
            int k = parameter(covariance, i, i);
            for (int j = 0; j < i && k >= 0 && places[at + i][at + i] < 0; j++) {
                if (parameter(covariance, j, j) == k) {
                    places[at + i][at + i] = places[at + j][at + j];
                }
            }
        }
    }

    /** The parameter that element (i, j) of Σ is a multiple of, or −1. */
    private static int parameter(Covariance covariance, int i, int j) {
        for (int k = 0; k < covariance.parameters(); k++) {
            if (covariance.basis(k)[i][j] != 0) {
                return k;
            }
        }
        return -1;
    }

    private static void copy(double[][] block, double[][] whole, int at) {
        for (int i = 0; i < block.length; i++) {
            System.arraycopy(block[i], 0, whole[at + i], at, block.length);
        }
    }
}

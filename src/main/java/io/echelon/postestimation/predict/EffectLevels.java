package io.echelon.postestimation.predict;

import io.echelon.covariance.Covariance;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.estimate.fitted.EquationEstimates;
import io.echelon.fit.Estimates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The levels of a design with the covariance matrices that a fit has for them. */
final class EffectLevels {
    private final Design design;
    /** Place of the first variance component among the parameters of the fit. */
    private final int first;
    private final Iterator<EquationEstimates> equations;
    private final List<EffectLevel> levels = new ArrayList<>();

    private EffectLevels(Design design, Estimates estimates) {
        this.design = design;
        first = estimates.vcov().names().size() - estimates.estimationMetric().size();
        equations = EquationEstimates.of(design, estimates).iterator();
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
            copy(block(places, at), sigma, at);
            at += e.columns().size();
        }
        if (!columns.isEmpty()) {
            levels.add(new EffectLevel(level.variable(), level.pathName(), level.grouping(), columns,
                    columns.stream().map(Column::name).toList(), sigma, places,
                    columns.stream().mapToInt(design::predictorOf).toArray()));
        }
    }

    private void addFactor(Level level, Effects e) {
        int[][] places = new int[e.columns().size()][e.columns().size()];
        Arrays.stream(places).forEach(row -> Arrays.fill(row, -1));
        double[][] sigma = block(places, 0);
        String factor = e.factor().orElseThrow();
        levels.add(new EffectLevel(factor, level.pathName(), List.of(factor), List.of(Column.constant()),
                List.of("R." + factor), new double[][] {{sigma[0][0]}}, new int[][] {{places[0][0]}}, new int[1]));
    }

    /** Σ of the next equation; enters the places of its parameters from row and column {@code at} on. */
    private double[][] block(int[][] places, int at) {
        EquationEstimates e = equations.next();
        for (int c = 0; c < e.places().length; c++) {
            Covariance.Component component = e.components().get(c);
            places[at + component.row()][at + component.column()] = first + e.places()[c];
            places[at + component.column()][at + component.row()] = first + e.places()[c];
        }
        shareVariances(e, places, at);
        return e.sigma();
    }

    /** Variances that are one parameter are one component, which stands at the first of them. */
    private static void shareVariances(EquationEstimates e, int[][] places, int at) {
        for (int i = 1; i < e.effects().covariance().dimension(); i++) {
            int k = e.parameter(i, i);
            for (int j = 0; j < i && k >= 0 && places[at + i][at + i] < 0; j++) {
                if (e.parameter(j, j) == k) {
                    places[at + i][at + i] = places[at + j][at + j];
                }
            }
        }
    }

    private static void copy(double[][] block, double[][] whole, int at) {
        for (int i = 0; i < block.length; i++) {
            System.arraycopy(block[i], 0, whole[at + i], at, block.length);
        }
    }
}

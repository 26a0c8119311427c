package io.echelon.postestimation;

import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.Estat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code estat wcorrelation}: the covariance matrix ZΣZ' + R of the responses of the rows of one group.
 *
 * @param group      the group: a value a level variable
 * @param covariance n×n
 * @param shown      whether covariances are shown rather than standard deviations and correlations
 * @param variables  names of what is listed of the rows; none where they are not listed
 * @param observations values of these, a row each
 */
public record WithinGroup(List<Estat.Place> group, double[][] covariance, boolean shown, List<String> variables,
                          List<double[]> observations) implements Answer {
    private static final String RESIDUAL = "Residual";

    public WithinGroup {
        group = List.copyOf(group);
        variables = List.copyOf(variables);
        observations = List.copyOf(observations);
    }

    /**
     * The covariances of some rows of a linear model.
     *
     * @param rows values of the sources of the design
     * @param keys for each row and level the group it belongs to
     */
    public static WithinGroup of(Estat.Wcorrelation command, Results results, List<Estat.Place> group, List<double[]> rows,
                                 List<List<String>> keys) {
        Design design = results.design();
        int n = rows.size();
        double[][] v = new double[n][n];
        for (RandomCovariances.Equation e : RandomCovariances.of(results, new NamedParameters(results.estimates()))) {
            int level = design.levels().indexOf(e.level());
            double[][] z = rows.stream().map(row -> loadings(e.effects(), row)).toArray(double[][]::new);
            double[][] sigma = e.values();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    if (keys.get(i).get(level).equals(keys.get(j).get(level))) {
                        v[i][j] += product(z[i], sigma, z[j]);
                    }
                }
            }
        }
        residuals(results, rows, keys, v);
        List<String> variables = command.list() ? design.sources().stream().map(s -> s.name()).toList() : List.of();
        return new WithinGroup(group, v, command.covariance(), variables, command.list() ? rows : List.of());
    }

    private static double[] loadings(Effects effects, double[] row) {
        return effects.columns().stream().mapToDouble(c -> c.value(row)).toArray();
    }

    /** z'Σz; where one variance stands for all columns of a factor, Σ is a multiple of the identity. */
    private static double product(double[] a, double[][] sigma, double[] b) {
        double s = 0;
        boolean shared = sigma.length < a.length;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                s += shared ? i == j ? a[i] * sigma[0][0] * b[j] : 0 : a[i] * sigma[i][j] * b[j];
            }
        }
        return s;
    }

    private static void residuals(Results results, List<double[]> rows, List<List<String>> keys, double[][] v) {
        List<VarianceComponent> own = results.estimates().estimationMetric().stream()
                .filter(c -> c.level().equals(RESIDUAL)).toList();
        double variance = Math.exp(2 * own.get(0).estimate());
        if (results.design().residuals().isEmpty()) {
            for (int i = 0; i < v.length; i++) {
                v[i][i] += variance;
            }
            return;
        }
        double[] parameters = own.stream().skip(1).mapToDouble(VarianceComponent::estimate).toArray();
        ResidualCovariance covariance = new ResidualCovariance(results.design().residuals().get(), variance, parameters);
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            List<String> path = keys.get(i);
            groups.computeIfAbsent(path.isEmpty() ? "" : path.get(path.size() - 1), k -> new ArrayList<>()).add(i);
        }
        groups.values().forEach(g -> covariance.add(g, rows, v));
    }

    /** The standard deviations of the rows. */
    public double[] standardDeviations() {
        double[] sd = new double[covariance.length];
        for (int i = 0; i < sd.length; i++) {
            sd[i] = Math.sqrt(covariance[i][i]);
        }
        return sd;
    }

    /** The correlations of the rows. */
    public double[][] correlations() {
        return Matrices.correlations(covariance);
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> place = new LinkedHashMap<>();
        group.forEach(g -> place.put(g.variable(), g.value()));
        values.put("group", place);
        values.put("standard_deviations", standardDeviations());
        values.put("correlations", correlations());
        values.put("covariances", covariance);
        if (!variables.isEmpty()) {
            values.put("variables", variables);
            values.put("observations", observations);
        }
        return values;
    }
}

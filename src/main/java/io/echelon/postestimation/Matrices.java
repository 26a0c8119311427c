package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.spec.Estat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Symmetric matrices: covariances or correlations of estimates ({@code estat vce}) or of random effects ({@code estat
 * recovariance}).
 *
 * @param name     the command
 * @param matrices one or more
 */
public record Matrices(String name, List<Matrix> matrices) implements Answer {
    /** A matrix with its title, the level it belongs to (empty for none) and the names of its rows. */
    public record Matrix(String title, String level, List<String> names, double[][] values) {}

    public Matrices {
        matrices = List.copyOf(matrices);
    }

    /** {@code estat vce}. */
    public static Matrices of(Estat.Vce command, Results results) {
        double[][] v = results.estimates().vcov().matrix();
        String of = " matrix of coefficients of " + results.estimates().spec().command().text() + " model";
        return new Matrices("estat vce", List.of(new Matrix((command.correlation() ? "Correlation" : "Covariance") + of, "",
                results.estimates().vcov().names(), command.correlation() ? correlations(v) : v)));
    }

    /** {@code estat recovariance}: the equations of a level as blocks of one matrix. */
    public static Matrices of(Estat.Recovariance command, Results results) {
        NamedParameters parameters = new NamedParameters(results.estimates());
        Map<String, List<RandomCovariances.Equation>> levels = new LinkedHashMap<>();
        for (RandomCovariances.Equation e : RandomCovariances.of(results, parameters)) {
            levels.computeIfAbsent(e.level().variable(), n -> new ArrayList<>()).add(e);
        }
        command.level().filter(l -> !levels.containsKey(l)).ifPresent(l -> {
            throw EchelonException.misuse("estat recovariance: there is no level " + l + Spelling.hint(l, levels.keySet())
                    + " (there are " + String.join(", ", levels.keySet()) + ")");
        });
        List<Matrix> matrices = new ArrayList<>();
        levels.forEach((level, equations) -> {
            if (command.level().map(level::equals).orElse(true)) {
                List<String> names = equations.stream().flatMap(e -> e.names().stream()).toList();
                double[][] values = new double[names.size()][names.size()];
                int at = 0;
                for (RandomCovariances.Equation e : equations) {
                    double[][] block = e.values();
                    for (int i = 0; i < block.length; i++) {
                        System.arraycopy(block[i], 0, values[at + i], at, block.length);
                    }
                    at += block.length;
                }
                String kind = command.correlation() ? "correlation" : "covariance";
                matrices.add(new Matrix("Random-effects " + kind + " matrix for level " + level, level, names,
                        command.correlation() ? correlations(values) : values));
            }
        });
        if (matrices.isEmpty()) {
            throw EchelonException.misuse("estat recovariance: the model has no random effects");
        }
        return new Matrices("estat recovariance", matrices);
    }

    /** Correlations of a covariance matrix; NaN where a variance is zero. */
    static double[][] correlations(double[][] v) {
        double[][] r = new double[v.length][v.length];
        for (int i = 0; i < v.length; i++) {
            for (int j = 0; j < v.length; j++) {
                r[i][j] = v[i][j] / Math.sqrt(v[i][i] * v[j][j]);
            }
        }
        return r;
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("matrices", matrices.stream().map(m -> {
            Map<String, Object> one = new LinkedHashMap<>();
            if (!m.level.isEmpty()) {
                one.put("level", m.level);
            }
            one.put("names", m.names);
            one.put("matrix", m.values);
            return one;
        }).toList());
    }
}

package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.spec.Contrast.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Contrasts of the levels of one factor.
 *
 * @param label   {@code 2 vs 1}, {@code linear}
 * @param weights of the levels in order
 */
record LevelContrasts(String label, double[] weights) {
    private static final List<String> DEGREES = List.of("linear", "quadratic", "cubic", "quartic", "quintic");

    /**
     * The contrasts of an operator.
     *
     * @param levels values of the levels, in order
     * @param base   reference level
     * @param name   labels of levels
     */
    static List<LevelContrasts> of(Operator operator, double[] levels, double base, DoubleFunction<String> name) {
        int m = levels.length;
        List<LevelContrasts> all = new ArrayList<>();
        switch (operator) {
            case JOINT, REFERENCE -> {
                int reference = Arrays.binarySearch(levels, base);
                if (reference < 0) {
                    throw EchelonException.misuse("the reference level " + Inference.number(base)
                            + " does not occur; the levels are " + String.join(", ",
                            Arrays.stream(levels).mapToObj(Inference::number).toList()));
                }
                for (int i = 0; i < m; i++) {
                    if (i != reference) {
                        all.add(difference(vs(name, levels, i, reference), m, i, reference, reference + 1));
                    }
                }
            }
            case ADJACENT -> {
                for (int i = 0; i + 1 < m; i++) {
                    all.add(difference(vs(name, levels, i, i + 1), m, i, i + 1, i + 2));
                }
            }
            case REVERSE_ADJACENT -> {
                for (int i = 1; i < m; i++) {
                    all.add(difference(vs(name, levels, i, i - 1), m, i, i - 1, i));
                }
            }
            case GRAND_MEAN -> {
                for (int i = 0; i < m; i++) {
                    all.add(difference(name.apply(levels[i]) + " vs mean", m, i, 0, m));
                }
            }
            case HELMERT -> {
                for (int i = 0; i + 1 < m; i++) {
                    all.add(difference(i + 2 == m ? vs(name, levels, i, i + 1)
                            : name.apply(levels[i]) + " vs >" + name.apply(levels[i]), m, i, i + 1, m));
                }
            }
            case REVERSE_HELMERT -> {
                for (int i = 1; i < m; i++) {
                    all.add(difference(i == 1 ? vs(name, levels, 1, 0)
                            : name.apply(levels[i]) + " vs <" + name.apply(levels[i]), m, i, 0, i));
                }
            }
            case POLYNOMIAL -> all.addAll(polynomials(levels));
            case POLYNOMIAL_IN_NUMBERS -> {
                double[] numbers = new double[m];
                Arrays.setAll(numbers, i -> i + 1);
                all.addAll(polynomials(numbers));
            }
            case CONTINUOUS -> throw new IllegalArgumentException("a continuous variable has no levels");
        }
        return all;
    }

    private static String vs(DoubleFunction<String> name, double[] levels, int i, int j) {
        return name.apply(levels[i]) + " vs " + name.apply(levels[j]);
    }

    /** Level i less the mean of the levels from {@code first} up to {@code end}, {@code end} excluded. */
    private static LevelContrasts difference(String label, int m, int i, int first, int end) {
        double[] w = new double[m];
        for (int k = first; k < end; k++) {
            w[k] -= 1.0 / (end - first);
        }
        w[i] += 1;
        return new LevelContrasts(label, w);
    }

    /** Orthogonal polynomials with weights of unit length, by Gram and Schmidt. */
    private static List<LevelContrasts> polynomials(double[] x) {
        int m = x.length;
        double mean = Arrays.stream(x).average().orElse(0);
        double[] centred = Arrays.stream(x).map(v -> v - mean).toArray();
        List<double[]> basis = new ArrayList<>();
        double[] one = new double[m];
        Arrays.fill(one, 1 / Math.sqrt(m));
        basis.add(one);
        for (int d = 1; d < m; d++) {
            double[] w = new double[m];
            for (int i = 0; i < m; i++) {
                w[i] = d == 1 ? centred[i] : centred[i] * basis.get(d - 1)[i];
            }
            // Twice is enough for orthogonality to rounding.
            for (int pass = 0; pass < 2; pass++) {
                for (double[] b : basis) {
                    double c = 0;
                    for (int i = 0; i < m; i++) {
                        c += w[i] * b[i];
                    }
                    for (int i = 0; i < m; i++) {
                        w[i] -= c * b[i];
                    }
                }
            }
            double length = Math.sqrt(Arrays.stream(w).map(v -> v * v).sum());
            basis.add(Arrays.stream(w).map(v -> v / length).toArray());
        }
        List<LevelContrasts> all = new ArrayList<>();
        for (int d = 1; d < m; d++) {
            all.add(new LevelContrasts(d <= DEGREES.size() ? DEGREES.get(d - 1) : "degree " + d, basis.get(d)));
        }
        return all;
    }
}

package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * Contrasts of the levels of one factor.
 *
 * @param label   {@code 2 vs 1}, {@code linear}
 * @param weights of the levels in order
 */
record LevelContrasts(String label, double[] weights) {
    private static final Map<Operator, String> OPERATORS = Map.of(Operator.JOINT, "r", Operator.REFERENCE, "r",
            Operator.ADJACENT, "a", Operator.REVERSE_ADJACENT, "ar", Operator.GRAND_MEAN, "g", Operator.HELMERT, "h",
            Operator.REVERSE_HELMERT, "j", Operator.POLYNOMIAL, "p", Operator.POLYNOMIAL_IN_NUMBERS, "q", Operator.CUSTOM, "c");

    private static final double ROUNDING = 1e-9;
    private static final List<String> DEGREES = List.of("linear", "quadratic", "cubic", "quartic", "quintic");

    /**
     * The contrasts of an operator.
     *
     * @param factor      the factor with its operator
     * @param levels      values of the levels, in order
     * @param base        reference level
     * @param frequencies by which means of levels are weighted
     * @param name        labels of levels
     * @param lincom      whether weights given by hand may have any sum
     */
    static List<LevelContrasts> of(ContrastFactor factor, double[] levels, double base, double[] frequencies,
                                   DoubleFunction<String> name, boolean lincom) {
        int m = levels.length;
        double[] f = frequencies;
        List<LevelContrasts> all = new ArrayList<>();
        switch (factor.operator()) {
            case JOINT, REFERENCE -> {
                int reference = Arrays.binarySearch(levels, base);
                if (reference < 0) {
                    throw EchelonException.misuse("the reference level " + Inference.number(base)
                            + " does not occur; the levels are " + numbers(levels));
                }
                for (int i = 0; i < m; i++) {
                    if (i != reference) {
                        all.add(difference(vs(name, levels, i, reference), f, i, reference, reference + 1));
                    }
                }
            }
            case ADJACENT -> {
                for (int i = 0; i + 1 < m; i++) {
                    all.add(difference(vs(name, levels, i, i + 1), f, i, i + 1, i + 2));
                }
            }
            case REVERSE_ADJACENT -> {
                for (int i = 1; i < m; i++) {
                    all.add(difference(vs(name, levels, i, i - 1), f, i, i - 1, i));
                }
            }
            case GRAND_MEAN -> {
                for (int i = 0; i < m; i++) {
                    all.add(difference(name.apply(levels[i]) + " vs mean", f, i, 0, m));
                }
            }
            case HELMERT -> {
                for (int i = 0; i + 1 < m; i++) {
                    all.add(difference(i + 2 == m ? vs(name, levels, i, i + 1)
                            : name.apply(levels[i]) + " vs >" + name.apply(levels[i]), f, i, i + 1, m));
                }
            }
            case REVERSE_HELMERT -> {
                for (int i = 1; i < m; i++) {
                    all.add(difference(i == 1 ? vs(name, levels, 1, 0)
                            : name.apply(levels[i]) + " vs <" + name.apply(levels[i]), f, i, 0, i));
                }
            }
            case POLYNOMIAL -> all.addAll(polynomials(levels, f));
            case POLYNOMIAL_IN_NUMBERS -> {
                double[] numbers = new double[m];
                Arrays.setAll(numbers, i -> i + 1);
                all.addAll(polynomials(numbers, f));
            }
            case CUSTOM -> all.add(custom(factor, levels, lincom));
            case CONTINUOUS -> throw new IllegalArgumentException("a continuous variable has no levels");
        }
        return all;
    }

    /** As the name of a coefficient: {@code r2vs1.a}. */
    String parameter(ContrastFactor factor) {
        return OPERATORS.get(factor.operator()) + (factor.weighted() ? "w" : "") + label.replace(" ", "") + "." + factor.variable();
    }

    private static String numbers(double[] levels) {
        return String.join(", ", Arrays.stream(levels).mapToObj(Inference::number).toList());
    }

    private static LevelContrasts custom(ContrastFactor factor, double[] levels, boolean lincom) {
        double[] weights = factor.weights().stream().mapToDouble(Double::doubleValue).toArray();
        String typed = "{" + factor.variable() + " " + String.join(" ", factor.weights().stream().map(Inference::number).toList())
                + "}";
        if (weights.length != levels.length) {
            throw EchelonException.misuse(typed + " has " + weights.length + " weights, and " + factor.variable() + " the "
                    + levels.length + " levels " + numbers(levels) + "; give each level its weight");
        }
        double sum = Arrays.stream(weights).sum();
        double size = Arrays.stream(weights).map(Math::abs).sum();
        if (!lincom && Math.abs(sum) > ROUNDING * size) {
            throw EchelonException.misuse("the weights of " + typed + " sum to " + Inference.number(sum)
                    + "; those of a contrast sum to 0 (option lincom allows any sum)");
        }
        return new LevelContrasts("1", weights);
    }

    private static String vs(DoubleFunction<String> name, double[] levels, int i, int j) {
        return name.apply(levels[i]) + " vs " + name.apply(levels[j]);
    }

    /** Level i less the weighted mean of the levels from {@code first} up to {@code end}, {@code end} excluded. */
    private static LevelContrasts difference(String label, double[] frequencies, int i, int first, int end) {
        double[] w = new double[frequencies.length];
        double sum = 0;
        for (int k = first; k < end; k++) {
            sum += frequencies[k];
        }
        for (int k = first; k < end; k++) {
            w[k] -= frequencies[k] / sum;
        }
        w[i] += 1;
        return new LevelContrasts(label, w);
    }

    /** Orthogonal polynomials under weighted products, by Gram and Schmidt; the weights of the levels have unit length. */
    private static List<LevelContrasts> polynomials(double[] x, double[] frequencies) {
        int m = x.length;
        double total = Arrays.stream(frequencies).sum();
        double[] root = Arrays.stream(frequencies).map(f -> Math.sqrt(f / total)).toArray();
        double mean = 0;
        for (int i = 0; i < m; i++) {
            mean += frequencies[i] / total * x[i];
        }
        List<double[]> basis = new ArrayList<>();
        basis.add(root);
        for (int d = 1; d < m; d++) {
            double[] w = new double[m];
            for (int i = 0; i < m; i++) {
                w[i] = (x[i] - mean) * basis.get(d - 1)[i];
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
            basis.add(unit(w));
        }
        for (int d = 1; d < m; d++) {
            double[] w = basis.get(d);
            for (int i = 0; i < m; i++) {
                w[i] *= root[i];
            }
            basis.set(d, unit(w));
        }
        List<LevelContrasts> all = new ArrayList<>();
        for (int d = 1; d < m; d++) {
            all.add(new LevelContrasts(d <= DEGREES.size() ? DEGREES.get(d - 1) : "degree " + d, basis.get(d)));
        }
        return all;
    }

    private static double[] unit(double[] w) {
        double length = Math.sqrt(Arrays.stream(w).map(v -> v * v).sum());
        return Arrays.stream(w).map(v -> v / length).toArray();
    }
}

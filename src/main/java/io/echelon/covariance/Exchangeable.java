package io.echelon.covariance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One variance v and one covariance c. The eigenvalues of Σ are v − c (q−1 times) and v + (q−1)c; their square roots
 * are the unconstrained parameters: v − c = a_1², v + (q−1)c = a_2². With one random effect this is its variance alone.
 */
public record Exchangeable(int dimension) implements Covariance {
    @Override
    public int parameters() {
        return dimension == 1 ? 1 : 2;
    }

    @Override
    public String title() {
        return "Exchangeable";
    }

    @Override
    public double[][] basis(int k) {
        double[][] b = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                b[i][j] = (k == 0) == (i == j) ? 1 : 0;
            }
        }
        return b;
    }

    @Override
    public int roots() {
        return parameters();
    }

    @Override
    public double[] natural(double[] a) {
        double[] theta = new double[parameters()];
        for (int k = 0; k < theta.length; k++) {
            for (int i = 0; i < a.length; i++) {
                theta[k] += a[i] * a[i] * weight(k, i);
            }
        }
        return theta;
    }

    /** θ_k = Σ_i weight(k, i) a_i². */
    private double weight(int k, int i) {
        if (dimension == 1) {
            return 1;
        }
        double q = dimension;
        return k == 0 ? (i == 0 ? (q - 1) / q : 1 / q) : (i == 0 ? -1 / q : 1 / q);
    }

    @Override
    public double[][] jacobian(double[] a) {
        double[][] d = new double[a.length][a.length];
        for (int k = 0; k < a.length; k++) {
            for (int i = 0; i < a.length; i++) {
                d[k][i] = 2 * a[i] * weight(k, i);
            }
        }
        return d;
    }

    @Override
    public double[][] curvature(int k) {
        int m = parameters();
        double[][] h = new double[m][m];
        for (int i = 0; i < m; i++) {
            h[i][i] = 2 * weight(k, i);
        }
        return h;
    }

    @Override
    public double[] unconstrained(double[] natural) {
        if (dimension == 1) {
            return new double[] {Math.sqrt(Math.max(0, natural[0]))};
        }
        double v = natural[0];
        double c = natural[1];
        return new double[] {Math.sqrt(Math.max(0, v - c)), Math.sqrt(Math.max(0, v + (dimension - 1) * c))};
    }

    @Override
    public Covariance of(int[] kept) {
        return kept.length == 1 ? new Identity(1) : new Exchangeable(kept.length);
    }

    @Override
    public double[] diagonal(double[] variances) {
        double[] theta = new double[parameters()];
        theta[0] = Arrays.stream(variances).average().orElse(0);
        return theta;
    }

    /** a_1(I − J/q) + a_2 J/q, J of ones: the symmetric root. */
    @Override
    public Optional<Root> root(double[] a) {
        double[][][] elements = new double[a.length][dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                double mean = 1.0 / dimension;
                elements[a.length - 1][i][j] = mean;
                if (a.length > 1) {
                    elements[0][i][j] = (i == j ? 1 : 0) - mean;
                }
            }
        }
        return Optional.of(Root.linear(a, constant(), elements));
    }

    @Override
    public List<Component> components(List<String> names) {
        Component variance = new Component(String.join(" ", names), 0, 0);
        if (dimension == 1) {
            return List.of(variance);
        }
        return List.of(variance, new Component(String.join(dimension == 2 ? "," : " ", names), 0, 1));
    }
}

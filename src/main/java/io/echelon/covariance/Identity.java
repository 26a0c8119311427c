package io.echelon.covariance;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One variance shared by all random effects, no covariances: θ = a². */
public record Identity(int dimension) implements Covariance {
    @Override
    public int parameters() {
        return 1;
    }

    @Override
    public String title() {
        return "Identity";
    }

    @Override
    public double[][] basis(int k) {
        double[][] b = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            b[i][i] = 1;
        }
        return b;
    }

    @Override
    public int roots() {
        return 1;
    }

    @Override
    public double[] natural(double[] a) {
        return new double[] {a[0] * a[0]};
    }

    @Override
    public double[][] jacobian(double[] a) {
        return new double[][] {{2 * a[0]}};
    }

    @Override
    public double[][] curvature(int k) {
        return new double[][] {{2}};
    }

    @Override
    public double[] unconstrained(double[] natural) {
        return new double[] {Math.sqrt(Math.max(0, natural[0]))};
    }

    @Override
    public Covariance of(int[] kept) {
        return new Identity(kept.length);
    }

    @Override
    public double[] diagonal(double[] variances) {
        return new double[] {Arrays.stream(variances).average().orElse(0)};
    }

    @Override
    public Optional<Root> root(double[] a) {
        return Optional.of(Root.linear(a, constant(), new double[][][] {basis(0)}));
    }

    @Override
    public List<Component> components(List<String> names) {
        return List.of(new Component(String.join(" ", names), 0, 0));
    }
}

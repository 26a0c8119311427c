package io.echelon.covariance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A variance for each random effect, no covariances: θ_i = a_i². */
public record Independent(int dimension) implements Covariance {
    @Override
    public int parameters() {
        return dimension;
    }

    @Override
    public String title() {
        return "Independent";
    }

    @Override
    public double[][] basis(int k) {
        double[][] b = new double[dimension][dimension];
        b[k][k] = 1;
        return b;
    }

    @Override
    public int roots() {
        return dimension;
    }

    @Override
    public double[] natural(double[] a) {
        double[] v = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            v[i] = a[i] * a[i];
        }
        return v;
    }

    @Override
    public double[][] jacobian(double[] a) {
        double[][] d = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            d[i][i] = 2 * a[i];
        }
        return d;
    }

    @Override
    public double[][] curvature(int k) {
        double[][] h = new double[dimension][dimension];
        h[k][k] = 2;
        return h;
    }

    @Override
    public double[] unconstrained(double[] natural) {
        double[] a = new double[dimension];
        for (int i = 0; i < dimension; i++) {
            a[i] = Math.sqrt(Math.max(0, natural[i]));
        }
        return a;
    }

    @Override
    public Covariance of(int[] kept) {
        return kept.length == 1 ? new Identity(1) : new Independent(kept.length);
    }

    @Override
    public double[] diagonal(double[] variances) {
        return variances.clone();
    }

    @Override
    public Optional<Root> root(double[] a) {
        double[][][] elements = new double[dimension][][];
        for (int i = 0; i < dimension; i++) {
            elements[i] = basis(i);
        }
        return Optional.of(Root.linear(a, constant(), elements));
    }

    @Override
    public List<Component> components(List<String> names) {
        List<Component> all = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            all.add(new Component(names.get(i), i, i));
        }
        return all;
    }
}

package io.echelon.covariance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Σ whose elements are each held at a value or given by a parameter that they may share: what {@link Pattern} and
 * {@link Fixed} have in common. Parameters on the diagonal are θ = a², those off the diagonal θ = a.
 *
 * @param parameter q×q: number of the parameter of each element, or -1
 * @param constant  q×q: value of each element without parameter
 * @param count     number of parameters
 */
record Elements(int[][] parameter, double[][] constant, int count) implements java.io.Serializable {
    static final int NONE = -1;

    double[][] basis(int k) {
        int q = parameter.length;
        double[][] b = new double[q][q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                b[i][j] = parameter[i][j] == k ? 1 : 0;
            }
        }
        return b;
    }

    double[][] copyOfConstant() {
        double[][] copy = new double[constant.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = constant[i].clone();
        }
        return copy;
    }

    /** Parameters on the diagonal; they come first. */
    int variances() {
        int n = 0;
        for (boolean v : variance()) {
            n += v ? 1 : 0;
        }
        return n;
    }

    private boolean[] variance() {
        boolean[] v = new boolean[count];
        for (int i = 0; i < parameter.length; i++) {
            if (parameter[i][i] != NONE) {
                v[parameter[i][i]] = true;
            }
        }
        return v;
    }

    double[] natural(double[] a) {
        boolean[] variance = variance();
        double[] theta = new double[count];
        for (int k = 0; k < count; k++) {
            theta[k] = variance[k] ? a[k] * a[k] : a[k];
        }
        return theta;
    }

    double[][] jacobian(double[] a) {
        boolean[] variance = variance();
        double[][] d = new double[count][count];
        for (int k = 0; k < count; k++) {
            d[k][k] = variance[k] ? 2 * a[k] : 1;
        }
        return d;
    }

    double[][] curvature(int k) {
        double[][] h = new double[count][count];
        h[k][k] = variance()[k] ? 2 : 0;
        return h;
    }

    double[] unconstrained(double[] natural) {
        boolean[] variance = variance();
        double[] a = new double[count];
        for (int k = 0; k < count; k++) {
            a[k] = variance[k] ? Math.sqrt(Math.max(0, natural[k])) : natural[k];
        }
        return a;
    }

    double[] diagonal(double[] variances) {
        double[] sum = new double[count];
        int[] times = new int[count];
        for (int i = 0; i < parameter.length; i++) {
            int k = parameter[i][i];
            if (k != NONE) {
                sum[k] += variances[i];
                times[k]++;
            }
        }
        for (int k = 0; k < count; k++) {
            sum[k] /= Math.max(1, times[k]);
        }
        return sum;
    }

    /** Diagonal where Σ is: then a variance of zero has a root with derivatives. */
    Optional<Root> root(double[] a) {
        int q = parameter.length;
        boolean diagonal = true;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < i; j++) {
                diagonal &= !shown(i, j);
            }
        }
        double[][][] basis = new double[count][][];
        for (int k = 0; k < count; k++) {
            basis[k] = basis(k);
        }
        if (diagonal) {
            double[][] fixed = new double[q][q];
            for (int i = 0; i < q; i++) {
                fixed[i][i] = Math.sqrt(constant[i][i]);
            }
            return Optional.of(Root.linear(a, fixed, basis));
        }
        double[][] sigma = copyOfConstant();
        double[] natural = natural(a);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                if (parameter[i][j] != NONE) {
                    sigma[i][j] = natural[parameter[i][j]];
                }
            }
        }
        return Root.cholesky(sigma, basis).map(r -> r.inSquares(variance(), a));
    }

    List<Covariance.Component> components(List<String> names) {
        List<Covariance.Component> all = new ArrayList<>();
        int q = parameter.length;
        for (int i = 0; i < q; i++) {
            if (shown(i, i)) {
                all.add(new Covariance.Component(names.get(i), i, i));
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = i + 1; j < q; j++) {
                if (shown(i, j)) {
                    all.add(new Covariance.Component(names.get(i) + "," + names.get(j), i, j));
                }
            }
        }
        return all;
    }

    private boolean shown(int i, int j) {
        return parameter[i][j] != NONE || constant[i][j] != 0;
    }
}

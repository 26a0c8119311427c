package io.echelon.covariance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.Optional;

/**
 * All variances and covariances distinct. Natural parameters: the variances in the order of the columns, then the
 * covariances (1,2), (1,3), ..., (2,3), ... Unconstrained parameters: the elements of a lower triangular L with
 * Σ = P L L' P' for a permutation P, the diagonal first, then column by column. With the effects of largest variance
 * first in L, a variance near zero leaves only a row of small elements, in which the likelihood is nearly quadratic.
 *
 * @param dimension q
 * @param order     the effect that each row of L stands for
 */
public record Unstructured(int dimension, List<Integer> order) implements Covariance {
    /** Share of a variance below which a pivot of the factor is taken to be zero. */
    private static final double NO_PIVOT = 1e-14;

    /** Copies the order. */
    public Unstructured {
        order = List.copyOf(order);
    }

    /** With the effects in L in the order of the columns. */
    public Unstructured(int dimension) {
        this(dimension, IntStream.range(0, dimension).boxed().toList());
    }

    @Override
    public Covariance ordered(double[] sizes) {
        return new Unstructured(dimension, IntStream.range(0, dimension).boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -sizes[i])).toList());
    }

    @Override
    public int parameters() {
        return dimension * (dimension + 1) / 2;
    }

    @Override
    public String title() {
        return "Unstructured";
    }

    /** Natural parameter of the element of Σ whose effects stand at rows i and j of L. */
    private int element(int i, int j) {
        return index(order.get(i), order.get(j));
    }

    /** Place of element (i, j) of Σ among the natural parameters, and of element (i, j) of L among the unconstrained ones. */
    private int index(int i, int j) {
        if (i == j) {
            return i;
        }
        int low = Math.min(i, j);
        int high = Math.max(i, j);
        return dimension + low * dimension - low * (low + 1) / 2 + high - low - 1;
    }

    @Override
    public double[][] basis(int k) {
        double[][] b = new double[dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j < dimension; j++) {
                b[i][j] = index(i, j) == k ? 1 : 0;
            }
        }
        return b;
    }

    /** The natural parameters of a covariance matrix (q×q). */
    public double[] elements(double[][] sigma) {
        double[] theta = new double[parameters()];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                theta[index(i, j)] = sigma[i][j];
            }
        }
        return theta;
    }

    @Override
    public int roots() {
        return dimension;
    }

    @Override
    public double[] natural(double[] a) {
        double[] theta = new double[a.length];
        for (int i = 0; i < dimension; i++) {
            for (int j = i; j < dimension; j++) {
                for (int m = 0; m <= i; m++) {
                    theta[element(i, j)] += a[index(i, m)] * a[index(j, m)];
                }
            }
        }
        return theta;
    }

    @Override
    public double[][] jacobian(double[] a) {
        double[][] d = new double[a.length][a.length];
        for (int i = 0; i < dimension; i++) {
            for (int j = i; j < dimension; j++) {
                for (int m = 0; m <= i; m++) {
                    d[element(i, j)][index(i, m)] += a[index(j, m)];
                    d[element(i, j)][index(j, m)] += a[index(i, m)];
                }
            }
        }
        return d;
    }

    @Override
    public double[][] curvature(int k) {
        int size = parameters();
        double[][] h = new double[size][size];
        for (int i = 0; i < dimension; i++) {
            for (int j = i; j < dimension; j++) {
                if (element(i, j) == k) {
                    for (int m = 0; m <= i; m++) {
                        h[index(i, m)][index(j, m)] += 1;
                        h[index(j, m)][index(i, m)] += 1;
                    }
                }
            }
        }
        return h;
    }

    @Override
    public double[] unconstrained(double[] natural) {
        double[] a = new double[natural.length];
        for (int m = 0; m < dimension; m++) {
            double variance = natural[element(m, m)];
            double pivot = variance;
            for (int s = 0; s < m; s++) {
                pivot -= a[index(m, s)] * a[index(m, s)];
            }
            if (pivot > NO_PIVOT * variance) {
                a[m] = Math.sqrt(pivot);
                for (int j = m + 1; j < dimension; j++) {
                    double c = natural[element(m, j)];
                    for (int s = 0; s < m; s++) {
                        c -= a[index(m, s)] * a[index(j, s)];
                    }
                    a[index(m, j)] = c / a[m];
                }
            }
        }
        return a;
    }

    @Override
    public Covariance of(int[] kept) {
        return kept.length == 1 ? new Identity(1) : new Unstructured(kept.length);
    }

    @Override
    public double[] diagonal(double[] variances) {
        double[] theta = new double[parameters()];
        System.arraycopy(variances, 0, theta, 0, dimension);
        return theta;
    }

    /** P L. */
    @Override
    public Optional<Root> root(double[] a) {
        double[][][] elements = new double[a.length][dimension][dimension];
        for (int i = 0; i < dimension; i++) {
            for (int j = 0; j <= i; j++) {
                elements[index(i, j)][order.get(i)][j] = 1;
            }
        }
        return Optional.of(Root.linear(a, constant(), elements));
    }

    @Override
    public List<Component> components(List<String> names) {
        List<Component> all = new ArrayList<>();
        for (int i = 0; i < dimension; i++) {
            all.add(new Component(names.get(i), i, i));
        }
        for (int i = 0; i < dimension; i++) {
            for (int j = i + 1; j < dimension; j++) {
                all.add(new Component(names.get(i) + "," + names.get(j), i, j));
            }
        }
        return all;
    }
}

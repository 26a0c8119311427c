package io.echelon.covariance;

import io.echelon.error.EchelonException;
import io.echelon.linalg.SymmetricEigen;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Elements held at given values; elements without value (NaN) are estimated.
 *
 * @param values q×q, symmetric
 */
public record Fixed(double[][] values) implements Covariance {
    /** Checks shape, symmetry and whether the values are those of a covariance matrix. */
    public Fixed {
        requireSymmetric("fixed()", values);
        for (int i = 0; i < values.length; i++) {
            if (values[i][i] < 0) {
                throw EchelonException.misuse("covariance(fixed()): the variance in row " + (i + 1) + " is "
                        + values[i][i] + "; give a value of zero or more");
            }
            for (int j = 0; j < i; j++) {
                if (values[i][j] * values[i][j] > values[i][i] * values[j][j]) {
                    throw EchelonException.misuse("covariance(fixed()): the covariance " + values[i][j] + " of rows " + (j + 1)
                            + " and " + (i + 1) + " is too large for the variances " + values[j][j] + " and " + values[i][i]);
                }
            }
        }
        boolean whole = Arrays.stream(values).flatMapToDouble(Arrays::stream).noneMatch(Double::isNaN);
        if (whole && Arrays.stream(SymmetricEigen.of(values).values()).min().orElse(0) < -1e-10) {
            throw EchelonException.misuse("covariance(fixed()): the matrix is no covariance matrix, for it has a negative"
                    + " eigenvalue; give a positive semidefinite one");
        }
    }

    static void requireSymmetric(String option, double[][] matrix) {
        for (int i = 0; i < matrix.length; i++) {
            if (matrix[i].length != matrix.length) {
                throw EchelonException.misuse("covariance(" + option + "): the matrix has " + matrix.length
                        + " rows and " + matrix[i].length + " columns; give a square matrix");
            }
            for (int j = 0; j < i; j++) {
                if (Double.compare(matrix[i][j], matrix[j][i]) != 0) {
                    throw EchelonException.misuse("covariance(" + option + "): elements (" + (i + 1) + "," + (j + 1)
                            + ") and (" + (j + 1) + "," + (i + 1) + ") differ; give a symmetric matrix");
                }
            }
        }
    }

    /** Some rows and columns of a square matrix. */
    static double[][] selected(double[][] matrix, int[] kept) {
        double[][] some = new double[kept.length][kept.length];
        for (int i = 0; i < kept.length; i++) {
            for (int j = 0; j < kept.length; j++) {
                some[i][j] = matrix[kept[i]][kept[j]];
            }
        }
        return some;
    }

    private Elements elements() {
        int q = values.length;
        int[][] parameter = new int[q][q];
        double[][] constant = new double[q][q];
        int count = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < q; i++) {
                for (int j = i; j < q; j++) {
                    if ((i == j) == (pass == 0)) {
                        boolean free = Double.isNaN(values[i][j]);
                        parameter[i][j] = free ? count++ : Elements.NONE;
                        constant[i][j] = free ? 0 : values[i][j];
                        parameter[j][i] = parameter[i][j];
                        constant[j][i] = constant[i][j];
                    }
                }
            }
        }
        return new Elements(parameter, constant, count);
    }

    @Override
    public int dimension() {
        return values.length;
    }

    @Override
    public int parameters() {
        return elements().count();
    }

    @Override
    public String title() {
        return "Fixed";
    }

    @Override
    public double[][] constant() {
        return elements().copyOfConstant();
    }

    @Override
    public double[][] basis(int k) {
        return elements().basis(k);
    }

    @Override
    public int roots() {
        return elements().variances();
    }

    @Override
    public double[] natural(double[] a) {
        return elements().natural(a);
    }

    @Override
    public double[][] jacobian(double[] a) {
        return elements().jacobian(a);
    }

    @Override
    public double[][] curvature(int k) {
        return elements().curvature(k);
    }

    @Override
    public double[] unconstrained(double[] natural) {
        return elements().unconstrained(natural);
    }

    @Override
    public boolean feasible(double[] natural) {
        return SymmetricEigen.of(matrix(natural)).positiveSemidefinite();
    }

    @Override
    public Covariance of(int[] kept) {
        return new Fixed(selected(values, kept));
    }

    @Override
    public double[] diagonal(double[] variances) {
        return elements().diagonal(variances);
    }

    @Override
    public Optional<Root> root(double[] a) {
        return elements().root(a);
    }

    @Override
    public List<Component> components(List<String> names) {
        return elements().components(names);
    }
}

package io.echelon.covariance;

import io.echelon.error.EchelonException;
import io.echelon.linalg.SymmetricEigen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Elements with the same number are equal, elements without number (NaN) are zero.
 *
 * @param numbers q×q, symmetric; a variance may not share its number with a covariance
 */
public record Pattern(double[][] numbers) implements Covariance {
    /** Checks shape, symmetry and the numbers of the diagonal. */
    public Pattern {
        Fixed.requireSymmetric("pattern()", numbers);
        for (int i = 0; i < numbers.length; i++) {
            for (int j = 0; j < numbers.length; j++) {
                if (!Double.isNaN(numbers[i][j]) && numbers[i][j] != Math.rint(numbers[i][j])) {
                    throw EchelonException.misuse("covariance(pattern()): element (" + (i + 1) + "," + (j + 1) + ") is "
                            + numbers[i][j] + "; elements are whole numbers, the same for those that are equal, or missing");
                }
                for (int m = 0; m < numbers.length; m++) {
                    if (i != j && numbers[i][j] == numbers[m][m]) {
                        throw EchelonException.misuse("covariance(pattern()): element (" + (i + 1) + "," + (j + 1)
                                + ") has the number " + numbers[i][j] + " of the variance (" + (m + 1) + "," + (m + 1)
                                + "); give covariances numbers of their own");
                    }
                }
            }
        }
    }

    private Elements elements() {
        int q = numbers.length;
        int[][] parameter = new int[q][q];
        List<Double> seen = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < q; i++) {
                for (int j = i; j < q; j++) {
                    if ((i == j) == (pass == 0)) {
                        parameter[i][j] = Double.isNaN(numbers[i][j]) ? Elements.NONE : numberOf(numbers[i][j], seen);
                        parameter[j][i] = parameter[i][j];
                    }
                }
            }
        }
        return new Elements(parameter, new double[q][q], seen.size());
    }

    private static int numberOf(double number, List<Double> seen) {
        if (!seen.contains(number)) {
            seen.add(number);
        }
        return seen.indexOf(number);
    }

    @Override
    public int dimension() {
        return numbers.length;
    }

    @Override
    public int parameters() {
        return elements().count();
    }

    @Override
    public String title() {
        return "Pattern";
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
        return new Pattern(Fixed.selected(numbers, kept));
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

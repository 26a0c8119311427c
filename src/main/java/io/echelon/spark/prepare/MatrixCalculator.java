package io.echelon.spark.prepare;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.spec.MatrixExpression;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;

/** Evaluates matrix expressions. A matrix is {@code double[rows][columns]}; NaN is a missing element. */
public final class MatrixCalculator {
    private static final List<String> FUNCTIONS = List.of("diag", "vecdiag", "I", "J", "inv", "invsym");
    private final Map<String, double[][]> matrices;

    /** A calculator that knows these matrices by name. */
    public MatrixCalculator(Map<String, double[][]> matrices) {
        this.matrices = matrices;
    }

    /** The value of an expression. */
    public double[][] value(MatrixExpression e) {
        if (e instanceof MatrixExpression.Scalar s) {
            return new double[][] {{s.value()}};
        }
        if (e instanceof MatrixExpression.Name n) {
            double[][] m = matrices.get(n.name());
            if (m == null) {
                throw EchelonException.misuse("matrix " + n.name() + " not found" + Spelling.hint(n.name(), matrices.keySet()));
            }
            return m;
        }
        if (e instanceof MatrixExpression.Literal l) {
            return literal(l.rows());
        }
        if (e instanceof MatrixExpression.Negative n) {
            return scaled(-1, matrix(n.operand()));
        }
        if (e instanceof MatrixExpression.Transpose t) {
            return array(CommonOps_DDRM.transpose(matrix(t.operand()), null));
        }
        return e instanceof MatrixExpression.Binary b ? binary(b) : call((MatrixExpression.Call) e);
    }

    private double[][] literal(List<List<MatrixExpression>> rows) {
        double[][] m = new double[rows.size()][];
        for (int i = 0; i < m.length; i++) {
            m[i] = rows.get(i).stream().mapToDouble(this::scalar).toArray();
            if (m[i].length != m[0].length) {
                throw EchelonException.misuse("row " + (i + 1) + " of the matrix has " + m[i].length
                        + " elements, row 1 has " + m[0].length);
            }
        }
        return m;
    }

    private double scalar(MatrixExpression e) {
        double[][] m = value(e);
        if (m.length != 1 || m[0].length != 1) {
            throw EchelonException.misuse("a number is wanted where a " + shape(m) + " matrix stands");
        }
        return m[0][0];
    }

    private double[][] binary(MatrixExpression.Binary b) {
        DMatrixRMaj left = matrix(b.left());
        DMatrixRMaj right = matrix(b.right());
        boolean leftNumber = left.getNumElements() == 1;
        boolean rightNumber = right.getNumElements() == 1;
        switch (b.operator()) {
            case "*":
                if (leftNumber || rightNumber) {
                    return leftNumber ? scaled(left.get(0), right) : scaled(right.get(0), left);
                }
                conformable(left.getNumCols() == right.getNumRows(), b.operator(), left, right);
                return array(CommonOps_DDRM.mult(left, right, null));
            case "/":
                if (!rightNumber) {
                    throw EchelonException.misuse("a matrix can be divided by a number only");
                }
                return scaled(1 / right.get(0), left);
            default:
                conformable(left.getNumRows() == right.getNumRows() && left.getNumCols() == right.getNumCols(),
                        b.operator(), left, right);
                return array(b.operator().equals("+") ? CommonOps_DDRM.add(left, right, null)
                        : CommonOps_DDRM.subtract(left, right, null));
        }
    }

    private double[][] call(MatrixExpression.Call call) {
        List<MatrixExpression> a = call.arguments();
        switch (call.function()) {
            case "diag": {
                arguments(call, 1);
                double[] d = vector(value(a.get(0)));
                double[][] m = new double[d.length][d.length];
                for (int i = 0; i < d.length; i++) {
                    m[i][i] = d[i];
                }
                return m;
            }
            case "vecdiag": {
                arguments(call, 1);
                double[][] m = square(value(a.get(0)), call.function());
                double[] d = new double[m.length];
                for (int i = 0; i < d.length; i++) {
                    d[i] = m[i][i];
                }
                return new double[][] {d};
            }
            case "I":
                arguments(call, 1);
                return array(CommonOps_DDRM.identity(size(scalar(a.get(0)))));
            case "J": {
                arguments(call, 3);
                DMatrixRMaj m = new DMatrixRMaj(size(scalar(a.get(0))), size(scalar(a.get(1))));
                CommonOps_DDRM.fill(m, scalar(a.get(2)));
                return array(m);
            }
            case "inv", "invsym", "syminv": {
                arguments(call, 1);
                DMatrixRMaj inverse = new DMatrixRMaj(square(value(a.get(0)), call.function()));
                if (!CommonOps_DDRM.invert(inverse) || MatrixFeatures_DDRM.hasUncountable(inverse)) {
                    throw EchelonException.failure(call.function() + "(): the matrix is singular");
                }
                return array(inverse);
            }
            default:
                throw EchelonException.misuse("matrix function " + call.function() + "() is not known"
                        + Spelling.hint(call.function(), FUNCTIONS) + " (there are " + String.join(", ", FUNCTIONS) + ")");
        }
    }

    private static void arguments(MatrixExpression.Call call, int wanted) {
        if (call.arguments().size() != wanted) {
            throw EchelonException.misuse(call.function() + "() takes " + wanted + " argument" + (wanted == 1 ? "" : "s")
                    + ", " + call.arguments().size() + " given");
        }
    }

    private static double[] vector(double[][] m) {
        if (m.length == 1) {
            return m[0];
        }
        if (m[0].length != 1) {
            throw EchelonException.misuse("diag() takes a row or a column, not a " + shape(m) + " matrix");
        }
        double[] v = new double[m.length];
        for (int i = 0; i < v.length; i++) {
            v[i] = m[i][0];
        }
        return v;
    }

    private static double[][] square(double[][] m, String function) {
        if (m.length != m[0].length) {
            throw EchelonException.misuse(function + "() takes a square matrix, not a " + shape(m) + " one");
        }
        return m;
    }

    private static int size(double n) {
        if (n != Math.rint(n) || n < 1 || n > 10_000) {
            throw EchelonException.misuse("a matrix cannot have " + n + " rows or columns");
        }
        return (int) n;
    }

    private static void conformable(boolean holds, String operator, DMatrixRMaj left, DMatrixRMaj right) {
        if (!holds) {
            throw EchelonException.misuse("matrices of " + left.getNumRows() + "x" + left.getNumCols() + " and "
                    + right.getNumRows() + "x" + right.getNumCols() + " elements do not fit " + operator);
        }
    }

    private static String shape(double[][] m) {
        return m.length + "x" + m[0].length;
    }

    private DMatrixRMaj matrix(MatrixExpression e) {
        return new DMatrixRMaj(value(e));
    }

    private static double[][] scaled(double factor, DMatrixRMaj m) {
        DMatrixRMaj product = m.copy();
        CommonOps_DDRM.scale(factor, product);
        return array(product);
    }

    private static double[][] array(DMatrixRMaj m) {
        double[][] rows = new double[m.getNumRows()][m.getNumCols()];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = m.get(i, j);
            }
        }
        return rows;
    }
}

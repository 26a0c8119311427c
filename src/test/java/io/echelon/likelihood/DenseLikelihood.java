package io.echelon.likelihood;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Residuals;
import io.echelon.estimate.Table;
import io.echelon.residual.ResidualMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/** The likelihood of a linear mixed model by n×n algebra in original units. */
public final class DenseLikelihood {
    private DenseLikelihood() {}

    /** V at natural parameters. */
    public static RealMatrix covariance(Design design, Table table, double[] natural) {
        int n = table.rows();
        RealMatrix v = MatrixUtils.createRealIdentityMatrix(n).scalarMultiply(natural[natural.length - 1]);
        int at = 0;
        for (int l = 0; l < design.levels().size(); l++) {
            for (Effects e : design.levels().get(l).effects()) {
                int k = e.covariance().parameters();
                double[][] sigma = e.covariance().matrix(Arrays.copyOfRange(natural, at, at + k));
                at += k;
                RealMatrix z = matrix(e.columns(), table);
                RealMatrix zsz = z.multiply(MatrixUtils.createRealMatrix(sigma)).multiply(z.transpose());
                for (int i = 0; i < n; i++) {
                    for (int j = 0; j < n; j++) {
                        if (same(design, table, l, i, j)) {
                            v.addToEntry(i, j, zsz.getEntry(i, j));
                        }
                    }
                }
            }
        }
        if (design.residuals().isPresent()) {
            residuals(design, table, Arrays.copyOfRange(natural, at, natural.length - 1), natural[natural.length - 1], v);
        }
        return v;
    }

    /** ℓ at natural parameters. */
    public static double value(Design design, Table table, double[] natural, boolean reml) {
        int n = table.rows();
        RealMatrix v = covariance(design, table, natural);
        CholeskyDecomposition factor = new CholeskyDecomposition(v, 1e-9, 1e-14);
        DecompositionSolver solver = factor.getSolver();
        RealMatrix e = matrix(List.of(new Column("y", List.of(new Column.Part(design.response(), Double.NaN)),
                Column.Status.ESTIMATED)), table);
        double deviance = n * Math.log(2 * Math.PI) + logDeterminant(factor);
        List<Column> columns = design.estimated();
        if (!columns.isEmpty()) {
            RealMatrix x = matrix(columns, table);
            RealMatrix vx = solver.solve(x);
            CholeskyDecomposition a = new CholeskyDecomposition(x.transposeMultiply(vx), 1e-7, 1e-14);
            e = e.subtract(x.multiply(a.getSolver().solve(vx.transposeMultiply(e))));
            if (reml) {
                deviance += logDeterminant(a) - columns.size() * Math.log(2 * Math.PI);
            }
        }
        return -(deviance + e.transposeMultiply(solver.solve(e)).getEntry(0, 0)) / 2;
    }

    /** Replaces σ²I by σ²R. */
    private static void residuals(Design design, Table table, double[] parameters, double variance, RealMatrix v) {
        Residuals residuals = design.residuals().orElseThrow();
        double[] time = table.column(table.names().get(residuals.time().orElseThrow()));
        int innermost = design.levels().size() - 1;
        for (int first = 0; first < table.rows(); first++) {
            int start = first;
            int category = category(residuals, table, first);
            int[] series = IntStream.range(0, table.rows()).filter(i -> same(design, table, innermost, start, i)
                            && category(residuals, table, i) == category).boxed()
                    .sorted(Comparator.comparingDouble(i -> time[i])).mapToInt(Integer::intValue).toArray();
            int[] own = residuals.model().variables(category);
            double[] a = Arrays.stream(own).skip(category == 0 ? 0 : 1).mapToDouble(i -> parameters[i]).toArray();
            double scale = variance * (category == 0 ? 1 : Math.exp(2 * parameters[own[0]]));
            RealMatrix r = ResidualMatrix.of(residuals.model().structures().get(category), a,
                    Arrays.stream(series).mapToDouble(i -> time[i]).toArray());
            for (int j = 0; j < series.length; j++) {
                int row = IntStream.of(series).boxed().toList().indexOf(first);
                v.addToEntry(first, series[j], scale * r.getEntry(row, j) - (first == series[j] ? variance : 0));
            }
        }
    }

    private static int category(Residuals residuals, Table table, int row) {
        return residuals.by().isEmpty() ? 0 : Arrays.binarySearch(residuals.categories(),
                table.column(table.names().get(residuals.by().getAsInt()))[row]);
    }

    private static double logDeterminant(CholeskyDecomposition factor) {
        double sum = 0;
        for (int i = 0; i < factor.getL().getRowDimension(); i++) {
            sum += 2 * Math.log(factor.getL().getEntry(i, i));
        }
        return sum;
    }

    private static boolean same(Design design, Table table, int level, int i, int j) {
        for (String variable : design.levels().get(level).path()) {
            if (table.column(variable)[i] != table.column(variable)[j]) {
                return false;
            }
        }
        return true;
    }

    /** The values of columns, n×p. */
    public static RealMatrix matrix(List<Column> columns, Table table) {
        RealMatrix m = MatrixUtils.createRealMatrix(table.rows(), columns.size());
        double[] row = new double[table.names().size()];
        for (int r = 0; r < table.rows(); r++) {
            for (int c = 0; c < row.length; c++) {
                row[c] = table.column(table.names().get(c))[r];
            }
            for (int c = 0; c < columns.size(); c++) {
                m.setEntry(r, c, columns.get(c).value(row));
            }
        }
        return m;
    }
}

package io.echelon.likelihood;

/**
 * Gradient (k) and Hessian (k×k) of a function of k parameters.
 */
public record Derivatives(double[] gradient, double[][] hessian) {
    /**
     * Derivatives with respect to other parameters, the first-order part of the chain rule: J'g and J'HJ.
     *
     * @param jacobian of these parameters (rows) with respect to the others (columns)
     */
    Derivatives through(double[][] jacobian) {
        int rows = gradient.length;
        int columns = rows == 0 ? 0 : jacobian[0].length;
        double[] g = new double[columns];
        double[][] hj = new double[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < columns; c++) {
                g[c] += jacobian[i][c] * gradient[i];
                for (int j = 0; j < rows; j++) {
                    hj[i][c] += hessian[i][j] * jacobian[j][c];
                }
            }
        }
        double[][] h = new double[columns][columns];
        for (int c = 0; c < columns; c++) {
            for (int d = 0; d <= c; d++) {
                double s = 0;
                for (int i = 0; i < rows; i++) {
                    s += jacobian[i][c] * hj[i][d];
                }
                h[c][d] = s;
                h[d][c] = s;
            }
        }
        return new Derivatives(g, h);
    }
}

package io.echelon.estimate.generalized;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Unstructured;
import io.echelon.design.Effects;
import io.echelon.group.Standardization;
import java.util.List;

/**
 * Starting variances of random coefficients in the units of their columns. A variance of 1, as the manual starts with, is far
 * from any maximum for the coefficient of a column such as a calendar year or an income: the coefficient of each standardised
 * column starts with a variance of 1 instead.
 */
final class SlopeScales {
    /** Columns with a mean square within this factor of 1 keep the manual's starting values. */
    private static final double ORDINARY = 100;

    private SlopeScales() {}

    /**
     * Replaces the starting values of equations with columns of unusual size.
     *
     * @param natural         natural parameters, changed in place
     * @param first           place of the first covariance parameter
     * @param levels          the random-effects equations of each level
     * @param standardization of their columns
     */
    static void apply(double[] natural, int first, List<List<Effects>> levels, Standardization standardization) {
        int next = first;
        for (int l = 0; l < levels.size(); l++) {
            int column = 0;
            for (Effects e : levels.get(l)) {
                double[] squares = new double[e.columns().size()];
                boolean ordinary = true;
                for (int i = 0; i < squares.length; i++) {
                    squares[i] = standardization.meanSquare(l, column + i);
                    ordinary &= squares[i] <= ORDINARY && squares[i] >= 1 / ORDINARY;
                }
                Covariance c = e.covariance();
                if (!ordinary && c.parameters() > 0 && e.factor().isEmpty()) {
                    int offset = standardization.layout().offset(l) + column;
                    double[] theta = c instanceof Unstructured u && constant(e, e.columns().get(0).equation()) >= 0
                            ? u.elements(ofStandardised(e, standardization, offset)) : c.diagonal(inverse(squares));
                    System.arraycopy(theta, 0, natural, next, theta.length);
                }
                column += squares.length;
                next += c.parameters();
            }
        }
    }

    private static double[] inverse(double[] squares) {
        double[] variances = new double[squares.length];
        for (int i = 0; i < squares.length; i++) {
            variances[i] = squares[i] == 0 ? 1 : 1 / squares[i];
        }
        return variances;
    }

    /** With u_0 + Σ u_i (z_i − m_i) / s_i for independent u of variance 1, the covariance matrix of the coefficients of 1 and z. */
    private static double[][] ofStandardised(Effects e, Standardization standardization, int offset) {
        int q = e.columns().size();
        double[][] sigma = new double[q][q];
        for (int i = 0; i < q; i++) {
            int constant = constant(e, e.columns().get(i).equation());
            if (i == constant) {
                sigma[i][i] += 1;
            } else {
                double scale = standardization.scale()[offset + i];
                double shift = standardization.shift()[offset + i];
                sigma[i][i] = 1 / (scale * scale);
                sigma[i][constant] = -shift / (scale * scale);
                sigma[constant][i] = sigma[i][constant];
                sigma[constant][constant] += shift * shift / (scale * scale);
            }
        }
        return sigma;
    }

    /** The constant of a linear predictor, or −1. */
    static int constant(Effects e, String equation) {
        for (int i = 0; i < e.columns().size(); i++) {
            if (e.columns().get(i).isConstant() && e.columns().get(i).equation().equals(equation)) {
                return i;
            }
        }
        return -1;
    }
}

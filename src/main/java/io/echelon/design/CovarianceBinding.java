package io.echelon.design;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Exchangeable;
import io.echelon.covariance.Fixed;
import io.echelon.covariance.Identity;
import io.echelon.covariance.Independent;
import io.echelon.covariance.Pattern;
import io.echelon.covariance.Unstructured;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.spec.CovarianceChoice;
import io.echelon.spec.RandomEquation;
import java.util.Map;

/** Turns the {@code covariance()} option of an equation into a structure for its q effects. */
final class CovarianceBinding {
    private CovarianceBinding() {}

    /** The structure; independent if none was asked for, identity for a single effect, as the manual titles it. */
    static Covariance of(RandomEquation equation, int q, Map<String, double[][]> matrices) {
        CovarianceChoice choice = equation.covariance().orElse(new CovarianceChoice.Independent());
        if (choice instanceof CovarianceChoice.Fixed fixed) {
            return new Fixed(matrix(equation.level(), "fixed", fixed.matrix(), q, matrices));
        }
        if (choice instanceof CovarianceChoice.Pattern pattern) {
            return new Pattern(matrix(equation.level(), "pattern", pattern.matrix(), q, matrices));
        }
        if (q == 1 || choice instanceof CovarianceChoice.Identity) {
            return new Identity(q);
        }
        if (choice instanceof CovarianceChoice.Exchangeable) {
            return new Exchangeable(q);
        }
        return choice instanceof CovarianceChoice.Unstructured ? new Unstructured(q) : new Independent(q);
    }

    /** The structure of the q effects of {@code R.variable}: identity unless exchangeable was asked for within a level. */
    static Covariance ofFactor(RandomEquation equation, int q) {
        String typed = equation.level() + ": R." + equation.factor().orElseThrow();
        CovarianceChoice choice = equation.covariance().orElse(new CovarianceChoice.Identity());
        if (choice instanceof CovarianceChoice.Identity) {
            return new Identity(q);
        }
        if (!(choice instanceof CovarianceChoice.Exchangeable)) {
            throw EchelonException.misuse(typed + " has the covariance structure identity or exchangeable; "
                    + "leave covariance() out");
        }
        if (equation.level().equals(RandomEquation.ALL)) {
            throw EchelonException.misuse(typed + ": with one group only, a covariance that all effects share cannot be "
                    + "told from the constant; leave covariance(exchangeable) out");
        }
        return new Exchangeable(q);
    }

    private static double[][] matrix(String level, String option, String name, int q, Map<String, double[][]> matrices) {
        double[][] m = matrices.get(name);
        if (m == null) {
            throw EchelonException.misuse("matrix " + name + " of covariance(" + option + "(" + name + ")) not found"
                    + Spelling.hint(name, matrices.keySet()) + "; define it first with matrix " + name + " = ...");
        }
        if (m.length != q || m[0].length != q) {
            throw EchelonException.misuse("matrix " + name + " is " + m.length + " by " + m[0].length
                    + ", but the equation for " + level + " has " + q + " effects and needs " + q + " by " + q);
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < i; j++) {
                if (Double.compare(m[i][j], m[j][i]) != 0) {
                    throw EchelonException.misuse("matrix " + name + " is not symmetric: element [" + (i + 1) + ","
                            + (j + 1) + "] is " + m[i][j] + ", element [" + (j + 1) + "," + (i + 1) + "] is " + m[j][i]);
                }
            }
        }
        return m;
    }
}

package io.echelon.residual;

import java.io.Serializable;

/**
 * A residual parameter as the tables show it.
 *
 * @param label          {@code var(e)}, {@code rho}, {@code cov(e8,e10)}
 * @param deviationLabel {@code sd(e)}, {@code rho}, {@code corr(e8,e10)}
 * @param kind           what it is
 * @param row            for variances and covariances, the row of the element of the covariance matrix
 * @param column         and its column
 */
public record Element(String label, String deviationLabel, Kind kind, int row, int column) implements Serializable {
    /** What a parameter is, hence the scale on which its confidence interval is symmetric. */
    public enum Kind {
        /** Symmetric in the logarithm. */
        VARIANCE,
        /** Symmetric as it is; its correlation in the inverse hyperbolic tangent. */
        COVARIANCE,
        /** Symmetric in the inverse hyperbolic tangent. */
        CORRELATION,
        /** Between 0 and 1: symmetric in the logit. */
        SHARE,
        /** Symmetric as it is. */
        COEFFICIENT
    }

    static Element variance(String name, int index) {
        return new Element("var(" + name + ")", "sd(" + name + ")", Kind.VARIANCE, index, index);
    }

    static Element covariance(String names, int row, int column) {
        return new Element("cov(" + names + ")", "corr(" + names + ")", Kind.COVARIANCE, row, column);
    }

    static Element parameter(String name, Kind kind) {
        return new Element(name, name, kind, -1, -1);
    }
}

package io.echelon.quadrature;

import java.io.Serializable;

/**
 * How random effects are integrated out.
 *
 * @param method where the nodes are put
 * @param points points in each dimension, one entry a level, outermost first
 */
public record Integration(Method method, int[] points) implements Serializable {
    /** By the manual's names. */
    public enum Method {
        /** Nodes at the posterior mean, spread by the posterior variance. */
        MEAN_VARIANCE("mvaghermite"),
        /** Nodes at the posterior mode, spread by the curvature there. */
        MODE_CURVATURE("mcaghermite"),
        /** Nodes of the prior. */
        NONADAPTIVE("ghermite"),
        /** One node at the joint mode of all levels. */
        LAPLACE("laplace");

        private final String text;

        Method(String text) {
            this.text = text;
        }

        /** As typed in {@code intmethod()}. */
        public String text() {
            return text;
        }
    }

    /** The points of the manual's default. */
    public static final int DEFAULT_POINTS = 7;
}

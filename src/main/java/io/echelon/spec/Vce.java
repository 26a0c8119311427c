package io.echelon.spec;

import java.io.Serializable;

/** The {@code vce()} option. */
public sealed interface Vce extends Serializable {
    /** As in the option: {@code cluster id}. */
    String text();

    /** Observed information. */
    record Oim() implements Vce {
        @Override
        public String text() {
            return "oim";
        }
    }

    /** Sandwich estimator clustered on the top level. */
    record Robust() implements Vce {
        @Override
        public String text() {
            return "robust";
        }
    }

    /** Sandwich estimator clustered on a variable in which the top level is nested. */
    record Cluster(String variable) implements Vce {
        @Override
        public String text() {
            return "cluster " + variable;
        }
    }
}

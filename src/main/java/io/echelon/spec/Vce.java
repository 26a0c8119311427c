package io.echelon.spec;

import java.io.Serializable;

/** The {@code vce()} option. */
public sealed interface Vce extends Serializable {
    /** Observed information. */
    record Oim() implements Vce {}

    /** Sandwich estimator clustered on the top level. */
    record Robust() implements Vce {}

    /** Sandwich estimator clustered on a variable in which the top level is nested. */
    record Cluster(String variable) implements Vce {}
}

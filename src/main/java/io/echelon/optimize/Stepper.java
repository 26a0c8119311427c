package io.echelon.optimize;

/** Where an algorithm goes from a point. */
interface Stepper {
    /** Newton-Raphson. */
    Stepper NEWTON = (point, newton) -> newton.direction();

    /** The direction from a point at which the Newton step is known. */
    double[] direction(Objective.Point point, NewtonStep newton);

    /** Tells of a step that was made. */
    default void moved(Objective.Point from, Objective.Point to) {
        // Only quasi-Newton methods learn from their steps.
    }
}

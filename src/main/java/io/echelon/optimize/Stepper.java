package io.echelon.optimize;

/** Where an algorithm goes from a point. */
interface Stepper {
    /** Newton-Raphson. */
    Stepper NEWTON = new Stepper() {
        @Override
        public double[] direction(Objective.Point point, NewtonStep newton) {
            return newton.direction();
        }

        @Override
        public boolean refined() {
            return false;
        }
    };

    /** The direction from a point at which the Newton step is known. */
    double[] direction(Objective.Point point, NewtonStep newton);

    /** Whether steps should be made as long as pays, since the lengths of the directions mean little. */
    default boolean refined() {
        return true;
    }

    /** Tells of a step that was made. */
    default void moved(Objective.Point from, Objective.Point to) {
        // Only quasi-Newton methods learn from their steps.
    }
}

package io.echelon.optimize;

/** How a maximisation ended. */
public sealed interface Convergence {
    /** Whether the point reached is a maximum. */
    boolean converged();

    /** One sentence for the user. */
    String sentence();

    /** The gradient vanished and the Hessian is negative definite. */
    record Maximum(double scaledGradient) implements Convergence {
        @Override
        public boolean converged() {
            return true;
        }

        @Override
        public String sentence() {
            return "Converged: the scaled gradient is " + scaledGradient + ".";
        }
    }

    /** The gradient vanished, but the function does not change in some direction. */
    record Flat(double scaledGradient) implements Convergence {
        @Override
        public boolean converged() {
            return true;
        }

        @Override
        public String sentence() {
            return "Converged to a ridge: the likelihood is flat in some direction, so the parameters are not all"
                    + " identified.";
        }
    }

    /** As many iterations as were allowed. */
    record IterationLimit(int iterations) implements Convergence {
        @Override
        public boolean converged() {
            return false;
        }

        @Override
        public String sentence() {
            return "Convergence not achieved after " + iterations
                    + (iterations == 1 ? " iteration" : " iterations") + "; allow more with iterate().";
        }
    }

    /** No step in any promising direction raises the value. */
    record NoImprovement(double scaledGradient) implements Convergence {
        @Override
        public boolean converged() {
            return false;
        }

        @Override
        public String sentence() {
            return "Convergence not achieved: no step raises the likelihood although the scaled gradient is "
                    + scaledGradient + "; try the option difficult, or other starting values with from().";
        }
    }

    /** Only EM was asked for, and it has settled. */
    record ExpectationMaximization(double relativeChange) implements Convergence {
        @Override
        public boolean converged() {
            return true;
        }

        @Override
        public String sentence() {
            return "EM settled: the last iteration changed the log likelihood by a share of " + relativeChange + ".";
        }
    }
}

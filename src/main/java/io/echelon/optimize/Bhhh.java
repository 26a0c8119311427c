package io.echelon.optimize;

import io.echelon.error.EchelonException;

/**
 * Newton's method with the sum of the outer products of the groups' scores in the place of −H (E. K. Berndt, B. H. Hall,
 * R. E. Hall and J. A. Hausman, Annals of Economic and Social Measurement 3, 1974).
 */
final class Bhhh implements Stepper {
    @Override
    public double[] direction(Objective.Point point, NewtonStep newton) {
        double[][] products = point.scoreProducts().orElseThrow(() -> EchelonException.misuse(
                "technique(bhhh) is not allowed here; use nr, dfp or bfgs"));
        double[][] hessian = new double[products.length][products.length];
        for (int i = 0; i < hessian.length; i++) {
            for (int j = 0; j < hessian.length; j++) {
                hessian[i][j] = -products[i][j];
            }
        }
        return NewtonStep.at(new WithHessian(point, hessian), false).direction();
    }

    /** A point with another matrix in the place of its Hessian. */
    private record WithHessian(Objective.Point point, double[][] hessian) implements Objective.Point {
        @Override
        public double[] parameters() {
            return point.parameters();
        }

        @Override
        public double value() {
            return point.value();
        }

        @Override
        public double[] gradient() {
            return point.gradient();
        }
    }
}

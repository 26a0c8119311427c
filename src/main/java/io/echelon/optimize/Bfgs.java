package io.echelon.optimize;

import breeze.linalg.DenseVector;
import breeze.linalg.DenseVector$;
import breeze.optimize.LBFGS;
import scala.collection.immutable.IndexedSeq$;

/** Broyden-Fletcher-Goldfarb-Shanno, with Breeze's inverse Hessian, in the scale of the first point. */
final class Bfgs implements Stepper {
    private static final int MEMORY = 30;

    private final QuasiNewtonScale scale = new QuasiNewtonScale();
    private LBFGS.ApproximateInverseHessian<DenseVector<Object>> inverse =
            new LBFGS.ApproximateInverseHessian<>(MEMORY, IndexedSeq$.MODULE$.<DenseVector<Object>>empty(),
                    IndexedSeq$.MODULE$.<DenseVector<Object>>empty(), DenseVector$.MODULE$.space_Double());

    @Override
    public double[] direction(Objective.Point point, NewtonStep newton) {
        // Breeze minimises: it turns the gradient of the negative function into a direction of descent.
        double[] slope = scale.gradient(point);
        for (int i = 0; i < slope.length; i++) {
            slope[i] = -slope[i];
        }
        return scale.unscaled((double[]) inverse.$times(new DenseVector<Object>(slope)).data());
    }

    @Override
    public void moved(Objective.Point from, Objective.Point to) {
        double[] step = scale.step(from, to);
        double[] drop = scale.gradientDrop(from, to);
        if (QuasiNewtonScale.dot(step, drop) > 0) {
            inverse = inverse.updated(new DenseVector<Object>(step), new DenseVector<Object>(drop));
        }
    }
}

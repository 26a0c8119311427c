package io.echelon.optimize;

/** Davidon-Fletcher-Powell (R. Fletcher, Practical Methods of Optimization, 1987, eq. 3.2.11), in the scale of the first point. */
final class Dfp implements Stepper {
    private final QuasiNewtonScale scale = new QuasiNewtonScale();
    private double[][] inverse;

    @Override
    public double[] direction(Objective.Point point, NewtonStep newton) {
        double[] slope = scale.gradient(point);
        if (inverse == null) {
            inverse = new double[slope.length][slope.length];
            for (int i = 0; i < slope.length; i++) {
                inverse[i][i] = 1;
            }
        }
        return scale.unscaled(product(slope));
    }

    private double[] product(double[] v) {
        double[] out = new double[v.length];
        for (int i = 0; i < v.length; i++) {
            out[i] = QuasiNewtonScale.dot(inverse[i], v);
        }
        return out;
    }

    @Override
    public void moved(Objective.Point from, Objective.Point to) {
        double[] step = scale.step(from, to);
        double[] drop = scale.gradientDrop(from, to);
        double curvature = QuasiNewtonScale.dot(step, drop);
        if (curvature <= 0) {
            return;
        }
        double[] hd = product(drop);
        double dhd = QuasiNewtonScale.dot(drop, hd);
        for (int i = 0; i < step.length; i++) {
            for (int j = 0; j < step.length; j++) {
                inverse[i][j] += step[i] * step[j] / curvature - hd[i] * hd[j] / dhd;
            }
        }
    }
}

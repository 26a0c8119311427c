package io.echelon.optimize;

/**
 * Units for quasi-Newton methods, which begin as steepest ascent and so want parameters of like influence: those in
 * which the curvatures of the first point are one.
 */
final class QuasiNewtonScale {
    private double[] scale;

    private double[] scale(Objective.Point point) {
        if (scale == null) {
            scale = NewtonStep.scale(point);
        }
        return scale;
    }

    double[] gradient(Objective.Point point) {
        return times(point.gradient(), scale(point));
    }

    double[] unscaled(double[] direction) {
        return times(direction, scale);
    }

    double[] step(Objective.Point from, Objective.Point to) {
        double[] s = scale(from);
        double[] step = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            step[i] = (to.parameters()[i] - from.parameters()[i]) / s[i];
        }
        return step;
    }

    /** By how much the gradient fell. */
    double[] gradientDrop(Objective.Point from, Objective.Point to) {
        double[] s = scale(from);
        double[] drop = new double[s.length];
        for (int i = 0; i < s.length; i++) {
            drop[i] = (from.gradient()[i] - to.gradient()[i]) * s[i];
        }
        return drop;
    }

    private static double[] times(double[] a, double[] b) {
        double[] c = a.clone();
        for (int i = 0; i < c.length; i++) {
            c[i] *= b[i];
        }
        return c;
    }

    static double dot(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s += a[i] * b[i];
        }
        return s;
    }
}

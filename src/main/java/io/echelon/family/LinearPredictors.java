package io.echelon.family;

/**
 * η of a run of observations at several integration points, and e^{sη} for families that ask for it: observation k of the run
 * at point j is entry {@code k * points + j}; with M linear predictors an observation stands for M such rows. As η is a sum of a
 * part of the observation and parts of the coordinates of a point, its exponential is a product, and takes fewer exponentials than
 * there are entries.
 */
public final class LinearPredictors {
    /** Largest |sη| for which exponentials are given: beyond, families keep the digits of the tails in their own way. */
    public static final double BOUND = 35;

    private final int points;
    private double[] eta = new double[0];
    private double[] exponential = new double[0];
    private boolean bounded;

    /** For rules of the given number of points. */
    public LinearPredictors(int points) {
        this.points = points;
    }

    /** Makes room for n rows; what was there is lost. */
    public void ensure(int n) {
        if (eta.length < n * points) {
            eta = new double[Math.max(n * points, 2 * eta.length)];
            exponential = new double[eta.length];
        }
    }

    /** Number of points. */
    public int points() {
        return points;
    }

    /** η. */
    public double[] eta() {
        return eta;
    }

    /** e^{sη}; meaningful where {@link #bounded}. */
    public double[] exponential() {
        return exponential;
    }

    /** Whether the exponentials are there: the family asks for them, and no |sη| is above {@link #BOUND}. */
    public boolean bounded() {
        return bounded;
    }

    /** Says whether the exponentials are there. */
    public void bounded(boolean bounded) {
        this.bounded = bounded;
    }

    /** η of the first n rows at one point, into {@code out}. */
    public void at(int point, int n, double[] out) {
        for (int k = 0, from = point; k < n; k++, from += points) {
            out[k] = eta[from];
        }
    }
}

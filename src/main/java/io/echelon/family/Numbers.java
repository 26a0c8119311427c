package io.echelon.family;

/** Numbers in messages. */
final class Numbers {
    private Numbers() {}

    /** Without the ".0" of whole numbers. */
    static String text(double v) {
        return v == Math.rint(v) && Math.abs(v) < 1e15 ? Long.toString((long) v) : Double.toString(v);
    }

    /** The complaint of the families of counts. */
    static java.util.Optional<String> checkCount(double y) {
        return y < 0 || y != Math.rint(y)
                ? java.util.Optional.of("a count of " + text(y) + "; counts must be whole numbers from 0")
                : java.util.Optional.empty();
    }

    /** y log(y/μ), 0 at y = 0. */
    static double timesLogRatio(double y, double mu) {
        return y > 0 ? y * Math.log(y / mu) : 0;
    }
}

package io.echelon.optimize;

/** Hears of each iteration. */
@FunctionalInterface
public interface Progress {
    /** The note of an iteration in a region where the Hessian is not negative definite. */
    String NOT_CONCAVE = "(not concave)";
    /** The note of an iteration whose step had to be shortened. */
    String BACKED_UP = "(backed up)";

    /**
     * An iteration has ended (number 0: the start).
     *
     * @param value of the function
     * @param note  {@link #NOT_CONCAVE}, {@link #BACKED_UP}, or empty
     */
    void iteration(int iteration, double value, String note);
}

package io.echelon.spark.read;

import io.echelon.error.EchelonException;
import org.apache.spark.SparkThrowable;

/** Tells what went wrong inside Spark without its stack trace. */
public final class SparkFailure {
    private SparkFailure() {}

    /** Whether an exception comes from Spark rather than from a fault of this program. */
    public static boolean isSparks(Exception e) {
        return e instanceof SparkThrowable || e.getCause() instanceof SparkThrowable;
    }

    /** The error for the user: one that was raised in a task as it is, else the first line of the innermost cause. */
    public static EchelonException of(String what, Exception e) {
        Throwable innermost = e;
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof EchelonException known) {
                return known;
            }
            innermost = t.getMessage() == null ? innermost : t;
        }
        String message = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        return new EchelonException(EchelonException.Kind.FAILURE,
                what + ": " + message.lines().findFirst().orElse("").strip(), e);
    }
}

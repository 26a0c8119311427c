package io.echelon.cli;

import io.echelon.error.EchelonException;

/**
 * What the user is told of an exception.
 *
 * @param message  what is wrong and what to do about it
 * @param exitCode of a verb that ends with it
 */
record Problem(String message, int exitCode) {
    /** The same as an exception, which a verb ends with. */
    EchelonException because(Throwable cause) {
        return new EchelonException(exitCode == Main.MISUSE ? EchelonException.Kind.MISUSE : EchelonException.Kind.FAILURE,
                message, cause);
    }

    static Problem of(Throwable error) {
        if (error instanceof EchelonException known) {
            return new Problem(known.getMessage(),
                    known.kind() == EchelonException.Kind.MISUSE ? Main.MISUSE : Main.FAILURE);
        }
        if (error instanceof OutOfMemoryError) {
            return new Problem("out of memory; give a larger heap: ECHELON_HEAP=8g jobs/echelon ...", Main.FAILURE);
        }
        String[] lines = String.valueOf(error.getMessage()).split("\n", 2);
        return new Problem("internal error: " + error.getClass().getSimpleName() + ": " + lines[0]
                + " (--debug shows where)", Main.FAILURE);
    }
}

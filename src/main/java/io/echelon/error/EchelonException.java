package io.echelon.error;

/**
 * An error that the user can mend. The message says what is wrong with which value, where, and what to do instead; it is
 * shown without a stack trace.
 */
public class EchelonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Whether the fault lies in how the command was written (exit code 2) or in what it met (exit code 1). */
    public enum Kind { MISUSE, FAILURE }

    private final Kind kind;

    /** An error of the given kind. */
    public EchelonException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** An error of the given kind with the exception behind it, which is not shown to the user. */
    public EchelonException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Something written wrongly: syntax, an unknown name, an option out of range. */
    public static EchelonException misuse(String message) {
        return new EchelonException(Kind.MISUSE, message);
    }

    /** Something met on the way: unreadable data, a model that cannot be estimated. */
    public static EchelonException failure(String message) {
        return new EchelonException(Kind.FAILURE, message);
    }

    /** The kind, which decides the exit code. */
    public Kind kind() {
        return kind;
    }
}

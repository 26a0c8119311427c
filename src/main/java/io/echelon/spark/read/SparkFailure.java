package io.echelon.spark.read;

import io.echelon.error.EchelonException;
import java.net.UnknownHostException;
import org.apache.spark.SparkThrowable;

/** Tells what went wrong inside Spark without its stack trace. */
public final class SparkFailure {
    private SparkFailure() {}

    /** Whether an exception comes from Spark rather than from a fault of this program. */
    public static boolean isSparks(Exception e) {
        return e instanceof SparkThrowable || e.getCause() instanceof SparkThrowable;
    }

    /** The error for the user: one that was raised in a task as it is, else what the innermost cause says. */
    public static EchelonException of(String what, Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof EchelonException known) {
                return known;
            }
        }
        return new EchelonException(EchelonException.Kind.FAILURE, what + (what.endsWith(":") ? " " : ": ") + sentence(e), e);
    }

    /** What the innermost cause says, in one line. */
    static String sentence(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SparkThrowable s && s.getCondition() != null && s.getCondition().startsWith("MALFORMED_RECORD")) {
                return "a line cannot be read (" + first(innermost(t).getMessage()) + "); mend it, or have such values taken as"
                        + " missing with --option mode=PERMISSIVE (options: {mode: PERMISSIVE} in a job)";
            }
        }
        Throwable innermost = innermost(e);
        String message = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        if (innermost instanceof UnknownHostException) {
            return "there is no host " + message;
        }
        return innermost instanceof ClassNotFoundException || message.endsWith(" not found") && message.startsWith("Class ")
                ? first(message) + "; give the jar that holds it with spark-submit --packages, or put it into target/spark/jars"
                : first(message);
    }

    private static Throwable innermost(Throwable e) {
        Throwable innermost = e;
        for (Throwable t = e; t != null; t = t.getCause()) {
            innermost = t.getMessage() == null ? innermost : t;
        }
        return innermost;
    }

    /** The first line with letters in it, without Spark's name of the condition and the number of the SQL standard. */
    private static String first(String message) {
        return message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("")
                .replaceFirst("^\\[[A-Z_.0-9]+] ", "").replaceFirst(" ?SQLSTATE: \\w+;?", "");
    }
}

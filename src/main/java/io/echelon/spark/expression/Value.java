package io.echelon.spark.expression;

import io.echelon.error.EchelonException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/** A translated expression: a Spark column together with what it means. Missing is null. */
public sealed interface Value {
    /** The Spark column. */
    Column column();

    /** A double; null is missing. */
    record Numeric(Column column) implements Value {}

    /** A boolean that is never null; 0 or 1 where a number is wanted. */
    record Truth(Column column) implements Value {}

    /** A string; null and the empty string are both missing. */
    record Text(Column column) implements Value {}

    /** A date, a time or a nested value: of use to Spark SQL functions only. */
    record Other(Column column) implements Value {}

    /** This value as a double column. */
    default Column number() {
        if (this instanceof Truth) {
            return column().cast("double");
        }
        if (this instanceof Numeric) {
            return column();
        }
        throw EchelonException.misuse("type mismatch: a number is wanted where a "
                + (this instanceof Text ? "string" : "date or other value") + " stands"
                + (this instanceof Text ? "; real() makes a number of a string" : ""));
    }

    /** This value as a condition: true unless 0; missing counts as true, as it does in Stata. */
    default Column truth() {
        return this instanceof Truth ? column() : functions.coalesce(number().notEqual(0), functions.lit(true));
    }

    /** This value as a string column without nulls. */
    default Column text() {
        if (this instanceof Text) {
            return functions.coalesce(column(), functions.lit(""));
        }
        throw EchelonException.misuse("type mismatch: a string is wanted where a number stands; string() makes a string "
                + "of a number");
    }

    /** Whether the value is missing, as a condition. */
    default Column missing() {
        if (this instanceof Truth) {
            return functions.lit(false);
        }
        return this instanceof Text ? text().equalTo("") : column().isNull();
    }
}

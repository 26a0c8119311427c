package io.echelon.spark.read;

import io.echelon.design.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Between Spark's schemas and the binder's. */
public final class Schemas {
    private Schemas() {}

    /** The variables of a data set. */
    public static Schema of(StructType type) {
        List<Schema.Variable> variables = new ArrayList<>();
        for (StructField field : type.fields()) {
            variables.add(new Schema.Variable(field.name(), kind(field.dataType())));
        }
        return new Schema(variables);
    }

    /** A column by its exact name, whatever characters are in it. */
    public static Column column(String name) {
        return functions.col("`" + name.replace("`", "``") + "`");
    }

    /** Whether a variable counts by its text where values are counted: strings, dates and times (as 2024-12-31). */
    public static boolean isText(StructType type, String name) {
        return kind(type.apply(name).dataType()) != Schema.Kind.NUMERIC;
    }

    /** The text of such a variable. */
    public static Column text(String name) {
        return column(name).cast("string");
    }

    private static Schema.Kind kind(DataType type) {
        if (type instanceof StringType) {
            return Schema.Kind.STRING;
        }
        return type instanceof NumericType || type instanceof BooleanType ? Schema.Kind.NUMERIC : Schema.Kind.OTHER;
    }
}

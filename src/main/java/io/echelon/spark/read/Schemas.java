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

    private static Schema.Kind kind(DataType type) {
        if (type instanceof StringType) {
            return Schema.Kind.STRING;
        }
        return type instanceof NumericType || type instanceof BooleanType ? Schema.Kind.NUMERIC : Schema.Kind.OTHER;
    }
}

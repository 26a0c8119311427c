package io.echelon.spark.prepare;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.when;

import io.echelon.design.Schema;
import io.echelon.error.EchelonException;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.expression.Value;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Expression;
import io.echelon.spec.Statement;
import io.echelon.spec.Statement.StorageType;
import java.util.Arrays;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** {@code generate} and {@code replace}. */
public final class Generation {
    private Generation() {}

    /** The data set with a new variable. */
    public static Dataset<Row> generate(Dataset<Row> data, Statement.Generate g) {
        requireNew(data, g.name());
        Rows rows = Rows.of(data, g.subset(), g.value());
        return rows.clean(rows.data().withColumn(g.name(), touched(rows, stored(rows.data(), g.value(), g.type()))));
    }

    /** The data set with other values of a variable in the rows touched. */
    public static Dataset<Row> replace(Dataset<Row> data, Statement.Replace r) {
        Schema.Variable variable = Schemas.of(data.schema()).require(r.name());
        Rows rows = Rows.of(data, r.subset(), r.value());
        Value value = new ExpressionTranslator(rows.data()).value(r.value());
        boolean text = variable.kind() == Schema.Kind.STRING;
        Column column = text ? value.text() : value.number();
        Column old = text ? Schemas.column(r.name()) : Schemas.column(r.name()).cast("double");
        Column replaced = rows.condition().map(c -> when(c, column).otherwise(old)).orElse(column);
        return rows.clean(rows.data().withColumn(r.name(), replaced));
    }

    /** Refuses a name that a variable has already, or that is no name. */
    public static void requireNew(Dataset<Row> data, String name) {
        if (Arrays.asList(data.columns()).contains(name)) {
            throw EchelonException.misuse("variable " + name + " already defined; use replace to change it, or drop it first");
        }
        Optional<String> otherCase = Arrays.stream(data.columns()).filter(name::equalsIgnoreCase).findFirst();
        if (otherCase.isPresent() && !Boolean.parseBoolean(data.sparkSession().conf().get("spark.sql.caseSensitive"))) {
            throw EchelonException.misuse("variable " + otherCase.get() + " differs from " + name
                    + " by case only; choose another name, or set spark.sql.caseSensitive to true");
        }
    }

    /** Missing in the rows a command does not touch. */
    static Column touched(Rows rows, Column value) {
        return rows.condition().map(c -> when(c, value)).orElse(value);
    }

    private static Column stored(Dataset<Row> data, Expression value, Optional<StorageType> type) {
        Value v = new ExpressionTranslator(data).value(value);
        if (type.isPresent()) {
            return stored(v, type.get());
        }
        boolean plainCopy = value instanceof Expression.Name n && Arrays.asList(data.columns()).contains(n.name());
        if (plainCopy) {
            return Schemas.column(((Expression.Name) value).name());
        }
        return v instanceof Value.Text || v instanceof Value.Other ? v.column() : v.number();
    }

    /** The value in its storage type: fractions are cut off by whole-number types, what does not fit is missing. */
    static Column stored(Value value, StorageType type) {
        return switch (type) {
            case BYTE, INT -> whole(value.number(), Integer.MAX_VALUE, "int");
            case LONG -> whole(value.number(), Math.scalb(1.0, 62), "bigint");
            case FLOAT -> value.number().cast("float");
            case DOUBLE -> value.number();
            case STRING -> value.text();
        };
    }

    private static Column whole(Column number, double largest, String type) {
        return when(abs(number).leq(largest), number).cast(type);
    }
}

package io.echelon.spark.expression;

import io.echelon.spec.Expression;
import io.echelon.spec.Sample;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Row numbers in the order of the file ({@code _n}, {@code in}). They cost a pass through one partition, so they are made
 * only where a command asks for them.
 */
public final class RowNumbers {
    /** The name under which expressions find the number of a row. */
    public static final String NUMBER = "_n";

    private RowNumbers() {}

    /** The data set with a column {@code _n}, from 1. */
    public static Dataset<Row> add(Dataset<Row> data) {
        return data.withColumn(NUMBER, functions.row_number()
                .over(Window.orderBy(functions.monotonically_increasing_id())));
    }

    /** Whether an expression speaks of the number of a row. */
    public static boolean used(Expression expression) {
        if (expression instanceof Expression.Name n) {
            return n.name().equals(NUMBER);
        }
        if (expression instanceof Expression.Unary u) {
            return used(u.operand());
        }
        if (expression instanceof Expression.Binary b) {
            return used(b.left()) || used(b.right());
        }
        return expression instanceof Expression.Call c && c.arguments().stream().anyMatch(RowNumbers::used);
    }

    /** The condition that a row of a data set with {@code _n} is in a range. */
    public static Column within(Sample.Range range, Dataset<Row> data) {
        Column number = functions.col(NUMBER);
        return number.between(position(range.first(), data), position(range.last(), data));
    }

    private static long position(long typed, Dataset<Row> data) {
        return typed < 0 ? data.count() + 1 + typed : typed;
    }
}

package io.echelon.spark.expression;

import static org.apache.spark.sql.functions.callUDF;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Translates expressions into Spark columns with Stata's meaning: arithmetic with missing is missing, missing is larger
 * than every number in comparisons, comparisons and logical operators give the numbers 0 and 1, division by zero and
 * the logarithm of zero are missing. A function Stata has not is looked for among Spark's.
 */
public final class ExpressionTranslator {
    private final Dataset<Row> data;

    /** A translator for expressions over the variables of a data set. */
    public ExpressionTranslator(Dataset<Row> data) {
        this.data = data;
    }

    /** The expression as a double column, null where missing. */
    public Column number(Expression expression) {
        return value(expression).number();
    }

    /** The expression as a condition that is never null. */
    public Column condition(Expression expression) {
        return value(expression).truth();
    }

    /** The translated expression. */
    public Value value(Expression expression) {
        if (expression instanceof Expression.Number n) {
            return new Value.Numeric(lit(n.value()));
        }
        if (expression instanceof Expression.Text t) {
            return new Value.Text(lit(t.value()));
        }
        if (expression instanceof Expression.Missing) {
            return new Value.Numeric(lit(null).cast("double"));
        }
        if (expression instanceof Expression.Name n) {
            return variable(n.name());
        }
        if (expression instanceof Expression.Unary u) {
            Value operand = value(u.operand());
            return u.operator().equals("!") ? new Value.Truth(operand.truth().unary_$bang())
                    : u.operator().equals("-") ? new Value.Numeric(operand.number().unary_$minus())
                    : new Value.Numeric(operand.number());
        }
        if (expression instanceof Expression.Binary b) {
            return binary(b.operator(), value(b.left()), value(b.right()));
        }
        if (expression instanceof Expression.Prediction) {
            throw EchelonException.misuse("predict() stands in margins, expression() only; make a variable with the command"
                    + " predict, and use that");
        }
        if (expression instanceof Expression.Estimate e) {
            throw EchelonException.misuse("_b[" + e.parameter().name() + "] is an estimate, and this expression is one of"
                    + " variables; nlcom and lincom compute with estimates");
        }
        if (expression instanceof Expression.Subscript s) {
            throw EchelonException.misuse(s.name() + "[...]: values of other rows are not available, for rows of a"
                    + " distributed data set have no order");
        }
        return call((Expression.Call) expression);
    }

    private Value variable(String name) {
        if (name.equals("_pi")) {
            return new Value.Numeric(lit(Math.PI));
        }
        if (name.equals("_N")) {
            return new Value.Numeric(lit((double) data.count()));
        }
        StructField field = field(name).orElseThrow(() -> EchelonException.misuse(
                "variable " + name + " not found" + Spelling.choice(name, List.of(data.columns()))));
        return typed(Schemas.column(name), field.dataType());
    }

    private Optional<StructField> field(String name) {
        for (StructField f : data.schema().fields()) {
            if (f.name().equals(name)) {
                return Optional.of(f);
            }
        }
        return Optional.empty();
    }

    private static Value typed(Column column, DataType type) {
        if (type instanceof StringType) {
            return new Value.Text(column);
        }
        if (type.equals(DataTypes.BooleanType)) {
            return new Value.Numeric(column.cast("double"));
        }
        if (type instanceof NumericType) {
            Column number = type.equals(DataTypes.DoubleType) ? column : column.cast("double");
            boolean floating = type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType);
            return new Value.Numeric(floating ? when(isnan(number).unary_$bang(), number) : number);
        }
        return new Value.Other(column);
    }

    private static Value binary(String operator, Value a, Value b) {
        switch (operator) {
            case "+":
                return a instanceof Value.Text && b instanceof Value.Text
                        ? new Value.Text(concat(a.text(), b.text())) : new Value.Numeric(a.number().plus(b.number()));
            case "-":
                return new Value.Numeric(a.number().minus(b.number()));
            case "*":
                return new Value.Numeric(a.number().multiply(b.number()));
            case "/":
                return new Value.Numeric(StataFunctions.ratio(a.number(), b.number()));
            case "^":
                return new Value.Numeric(StataFunctions.finite(pow(a.number(), b.number())));
            case "&":
                return new Value.Truth(a.truth().and(b.truth()));
            case "|":
                return new Value.Truth(a.truth().or(b.truth()));
            default:
                return new Value.Truth(comparison(operator, a, b));
        }
    }

    static Column comparison(String operator, Value a, Value b) {
        boolean numbers = !(a instanceof Value.Text || b instanceof Value.Text || a instanceof Value.Other);
        Column x = numbers ? missingLast(a) : a instanceof Value.Other ? a.column() : a.text();
        Column y = numbers ? missingLast(b) : b instanceof Value.Other ? b.column() : b.text();
        Column result = switch (operator) {
            case "==" -> x.eqNullSafe(y);
            case "!=" -> x.eqNullSafe(y).unary_$bang();
            case "<" -> x.lt(y);
            case "<=" -> x.leq(y);
            case ">" -> x.gt(y);
            case ">=" -> x.geq(y);
            default -> throw EchelonException.misuse("operator " + operator + " is not known");
        };
        return numbers ? result : coalesce(result, lit(false));
    }

    /** Missing is larger than every number. */
    private static Column missingLast(Value v) {
        return v instanceof Value.Truth ? v.number() : coalesce(v.number(), lit(Double.POSITIVE_INFINITY));
    }

    private Value call(Expression.Call call) {
        Optional<StataFunctions.Function> known = StataFunctions.find(call.function());
        if (known.isPresent()) {
            StataFunctions.Function function = known.get();
            int given = call.arguments().size();
            if (given < function.fewest() || given > function.most()) {
                throw EchelonException.misuse(call.function() + "() takes " + function.arity() + ", " + given + " given");
            }
            return function.apply(call.arguments().stream().map(this::value).toList());
        }
        return sparkFunction(call);
    }

    private Value sparkFunction(Expression.Call call) {
        String name = call.function();
        if (!data.sparkSession().catalog().functionExists(name)) {
            throw EchelonException.misuse("function " + name + "() is not known" + Spelling.hint(name, functionNames()));
        }
        Column[] arguments = call.arguments().stream().map(this::sparkArgument).toArray(Column[]::new);
        Column result = callUDF(name, arguments);
        try {
            return typed(result, data.select(result).schema().fields()[0].dataType());
        } catch (Exception e) {
            if (e instanceof AnalysisException) {
                throw EchelonException.misuse(name + "() cannot be used like this: " + e.getMessage().lines().findFirst().orElse(""));
            }
            throw e;
        }
    }

    /** Spark's functions are strict about types: whole numbers are passed as such, variables as they are stored. */
    private Column sparkArgument(Expression argument) {
        if (argument instanceof Expression.Number n && n.value() == Math.rint(n.value())
                && Math.abs(n.value()) <= Integer.MAX_VALUE) {
            return lit((int) n.value());
        }
        if (argument instanceof Expression.Name n && field(n.name()).isPresent()) {
            return Schemas.column(n.name());
        }
        return value(argument).column();
    }

    private List<String> functionNames() {
        List<String> names = new ArrayList<>(StataFunctions.names());
        data.sparkSession().catalog().listFunctions().collectAsList().forEach(f -> names.add(f.name()));
        return names;
    }
}

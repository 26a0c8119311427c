package io.echelon.spark.expression;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.instr;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.special.Gamma;

/** The functions of Stata that expressions may use, by name. */
final class StataFunctions {
    private static final Map<String, Function> FUNCTIONS = new TreeMap<>();
    private static final int ANY = Integer.MAX_VALUE;
    private static final double LOG_10 = Math.log(10);

    private StataFunctions() {}

    /** A function with the number of arguments it takes. */
    record Function(int fewest, int most, java.util.function.Function<List<Value>, Value> body) {
        Value apply(List<Value> arguments) {
            return body.apply(arguments);
        }

        String arity() {
            String count = fewest == most ? String.valueOf(fewest)
                    : most == ANY ? "at least " + fewest : fewest + " to " + most;
            return count + (fewest == 1 && most == 1 ? " argument" : " arguments");
        }
    }

    static Optional<Function> find(String name) {
        return Optional.ofNullable(FUNCTIONS.get(name));
    }

    static Set<String> names() {
        return FUNCTIONS.keySet();
    }

    /** Infinity and not-a-number become missing. */
    static Column finite(Column x) {
        return when(abs(x).lt(lit(Double.POSITIVE_INFINITY)), x);
    }

    /** a/b, missing where b is 0. */
    static Column ratio(Column a, Column b) {
        return when(b.notEqual(0), a.divide(b));
    }

    static {
        arithmetic();
        distributions();
        selections();
        strings();
    }

    private static void arithmetic() {
        unary("abs", functions::abs);
        unary("exp", x -> finite(exp(x)));
        unary("sqrt", x -> finite(sqrt(x)));
        unary("ln", StataFunctions::naturalLog);
        unary("log", StataFunctions::naturalLog);
        unary("log10", x -> naturalLog(x).divide(LOG_10));
        unary("ln1p", x -> when(x.gt(-1), log1p(x)));
        unary("int", StataFunctions::truncate);
        unary("trunc", StataFunctions::truncate);
        unary("floor", x -> floor(x).cast("double"));
        unary("ceil", x -> ceil(x).cast("double"));
        unary("sign", functions::signum);
        unary("sin", functions::sin);
        unary("cos", functions::cos);
        unary("tan", functions::tan);
        unary("asin", x -> finite(functions.asin(x)));
        unary("acos", x -> finite(functions.acos(x)));
        unary("atan", functions::atan);
        unary("sinh", x -> finite(functions.sinh(x)));
        unary("cosh", x -> finite(functions.cosh(x)));
        unary("tanh", functions::tanh);
        unary("logit", p -> when(p.gt(0).and(p.lt(1)), log(p.divide(lit(1).minus(p)))));
        unary("invlogit", x -> lit(1).divide(lit(1).plus(exp(x.unary_$minus()))));
        binary("atan2", functions::atan2);
        binary("mod", (x, y) -> when(y.gt(0), x.minus(y.multiply(floor(x.divide(y))))));
        add("round", 1, 2, a -> {
            Column unit = a.size() == 1 ? lit(1.0) : a.get(1).number();
            Column x = a.get(0).number();
            return new Value.Numeric(when(unit.equalTo(0), x)
                    .otherwise(floor(ratio(x, unit).plus(0.5)).multiply(unit)));
        });
        add("min", 1, ANY, a -> new Value.Numeric(a.size() == 1 ? a.get(0).number() : least(numbers(a))));
        add("max", 1, ANY, a -> new Value.Numeric(a.size() == 1 ? a.get(0).number() : greatest(numbers(a))));
    }

    private static void distributions() {
        NormalDistribution standard = new NormalDistribution();
        unary("normal", special(standard::cumulativeProbability));
        unary("normalden", special(standard::density));
        unary("invnormal", x -> when(x.gt(0).and(x.lt(1)), special(standard::inverseCumulativeProbability).apply(x)));
        unary("lngamma", x -> when(x.gt(0), special(Gamma::logGamma).apply(x)));
        unary("lnfactorial", x -> when(x.geq(0), special(k -> Gamma.logGamma(k + 1)).apply(x)));
        add("runiform", 0, 2, a -> new Value.Numeric(a.size() == 2
                ? a.get(0).number().plus(rand().multiply(a.get(1).number().minus(a.get(0).number()))) : rand()));
        add("rnormal", 0, 2, a -> {
            Column mean = a.isEmpty() ? lit(0.0) : a.get(0).number();
            Column sd = a.size() < 2 ? lit(1.0) : a.get(1).number();
            return new Value.Numeric(mean.plus(randn().multiply(sd)));
        });
    }

    private static void selections() {
        java.util.function.Function<List<Value>, Value> missing = a -> new Value.Truth(
                a.stream().map(Value::missing).reduce(Column::or).orElseThrow());
        add("missing", 1, ANY, missing);
        add("mi", 1, ANY, missing);
        add("cond", 3, 4, a -> cond(a));
        add("inlist", 2, ANY, a -> new Value.Truth(a.stream().skip(1)
                .map(v -> ExpressionTranslator.comparison("==", a.get(0), v)).reduce(Column::or).orElseThrow()));
        add("inrange", 3, 3, a -> {
            if (a.get(0) instanceof Value.Text) {
                return new Value.Truth(ExpressionTranslator.comparison(">=", a.get(0), a.get(1))
                        .and(ExpressionTranslator.comparison("<=", a.get(0), a.get(2))));
            }
            Column low = coalesce(a.get(1).number(), lit(Double.NEGATIVE_INFINITY));
            Column high = coalesce(a.get(2).number(), lit(Double.POSITIVE_INFINITY));
            Column x = a.get(0).number();
            return new Value.Truth(coalesce(x.geq(low).and(x.leq(high)), lit(false)));
        });
    }

    private static void strings() {
        for (String name : List.of("length", "strlen", "ustrlen")) {
            add(name, 1, 1, a -> new Value.Numeric(length(a.get(0).text()).cast("double")));
        }
        for (String name : List.of("upper", "strupper")) {
            add(name, 1, 1, a -> new Value.Text(upper(a.get(0).text())));
        }
        for (String name : List.of("lower", "strlower")) {
            add(name, 1, 1, a -> new Value.Text(lower(a.get(0).text())));
        }
        for (String name : List.of("trim", "strtrim")) {
            add(name, 1, 1, a -> new Value.Text(trim(a.get(0).text())));
        }
        for (String name : List.of("substr", "usubstr")) {
            add(name, 3, 3, a -> new Value.Text(substring(a.get(0).text(), a.get(1).number().cast("int"),
                    coalesce(a.get(2).number().cast("int"), lit(Integer.MAX_VALUE)))));
        }
        add("strpos", 2, 2, a -> new Value.Numeric(
                when(a.get(1).text().equalTo(""), 0).otherwise(instr(a.get(0).text(), a.get(1).text())).cast("double")));
        add("real", 1, 1, a -> new Value.Numeric(finite(trim(a.get(0).text()).try_cast("double"))));
        add("string", 1, 1, a -> new Value.Text(string(a.get(0).number())));
        add("strofreal", 1, 1, a -> new Value.Text(string(a.get(0).number())));
        add("regexm", 2, 2, a -> new Value.Truth(functions.rlike(a.get(0).text(), a.get(1).text())));
    }

    private static Value cond(List<Value> a) {
        boolean text = a.get(1) instanceof Value.Text;
        Column then = text ? a.get(1).text() : a.get(1).number();
        Column otherwise = text ? a.get(2).text() : a.get(2).number();
        Column chosen = when(a.get(0).truth(), then).otherwise(otherwise);
        if (a.size() == 4) {
            chosen = when(a.get(0).missing(), text ? a.get(3).text() : a.get(3).number()).otherwise(chosen);
        }
        return text ? new Value.Text(chosen) : new Value.Numeric(chosen);
    }

    private static Column naturalLog(Column x) {
        return when(x.gt(0), log(x));
    }

    private static Column truncate(Column x) {
        return signum(x).multiply(floor(abs(x)));
    }

    private static Column string(Column x) {
        Column whole = x.equalTo(floor(x)).and(abs(x).lt(1e15));
        return when(x.isNull(), lit(".")).when(whole, x.cast("bigint").cast("string")).otherwise(x.cast("string"));
    }

    private static Column[] numbers(List<Value> values) {
        return values.stream().map(Value::number).toArray(Column[]::new);
    }

    private static UnaryOperator<Column> special(SerializableDoubleFunction f) {
        UserDefinedFunction function = udf((UDF1<Double, Double>) x -> x == null ? null : f.apply(x), DataTypes.DoubleType);
        return function::apply;
    }

    private interface SerializableDoubleFunction extends java.io.Serializable {
        double apply(double x);
    }

    private static void unary(String name, UnaryOperator<Column> f) {
        add(name, 1, 1, a -> new Value.Numeric(f.apply(a.get(0).number())));
    }

    private static void binary(String name, BiFunction<Column, Column, Column> f) {
        add(name, 2, 2, a -> new Value.Numeric(f.apply(a.get(0).number(), a.get(1).number())));
    }

    private static void add(String name, int fewest, int most, java.util.function.Function<List<Value>, Value> body) {
        FUNCTIONS.put(name, new Function(fewest, most, body));
    }
}

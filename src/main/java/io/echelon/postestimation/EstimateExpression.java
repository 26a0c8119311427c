package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.fit.Estimates;
import io.echelon.spec.Expression;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.util.FastMath;

/** Evaluates expressions of estimates with their derivatives, by automatic differentiation. */
final class EstimateExpression {
    private static final Map<String, UnaryOperator<Gradient>> FUNCTIONS = functions();

    private final NamedParameters parameters;
    private final double[][] variance;
    private String text;

    EstimateExpression(Estimates estimates) {
        parameters = new NamedParameters(estimates);
        variance = estimates.vcov().matrix();
    }

    private static Map<String, UnaryOperator<Gradient>> functions() {
        Map<String, UnaryOperator<Gradient>> f = new TreeMap<>();
        f.put("exp", Gradient::exp);
        f.put("ln", Gradient::log);
        f.put("log", Gradient::log);
        f.put("log10", Gradient::log10);
        f.put("sqrt", Gradient::sqrt);
        f.put("abs", Gradient::abs);
        f.put("sin", Gradient::sin);
        f.put("cos", Gradient::cos);
        f.put("tan", Gradient::tan);
        f.put("atan", Gradient::atan);
        f.put("tanh", Gradient::tanh);
        f.put("atanh", Gradient::atanh);
        f.put("invlogit", x -> x.negate().exp().add(1).reciprocal());
        f.put("logit", x -> x.divide(x.negate().add(1)).log());
        NormalDistribution normal = new NormalDistribution();
        f.put("normal", x -> x.compose(normal.cumulativeProbability(x.getValue()), normal.density(x.getValue())));
        f.put("normalden", x -> x.compose(normal.density(x.getValue()), -x.getValue() * normal.density(x.getValue())));
        f.put("invnormal", x -> {
            double z = normal.inverseCumulativeProbability(x.getValue());
            return x.compose(z, 1 / normal.density(z));
        });
        f.put("invcloglog", x -> {
            double e = FastMath.exp(x.getValue());
            return x.compose(-FastMath.expm1(-e), e * FastMath.exp(-e));
        });
        return f;
    }

    /**
     * The value of an expression.
     *
     * @param text as typed, for messages
     */
    LinearForm of(Expression expression, String text) {
        this.text = text;
        Gradient g = value(expression);
        if (!Double.isFinite(g.getValue())) {
            throw EchelonException.misuse(text + " has no value at the estimates");
        }
        LinearForm form = new LinearForm(g.getValue(), g.getGradient());
        if (form.constant()) {
            throw EchelonException.misuse(text + " does not depend on any estimate; write one such as _b[week]");
        }
        return form;
    }

    private Gradient value(Expression expression) {
        if (expression instanceof Expression.Number n) {
            return Gradient.constant(parameters.count(), n.value());
        }
        if (expression instanceof Expression.Estimate e) {
            LinearForm form = parameters.find(e.parameter()).form();
            return e.standardError() ? Gradient.constant(parameters.count(), Inference.standardError(form, variance))
                    : new Gradient(form.value(), form.gradient());
        }
        if (expression instanceof Expression.Unary u && u.operator().equals("-")) {
            return value(u.operand()).negate();
        }
        if (expression instanceof Expression.Binary b) {
            return binary(b);
        }
        if (expression instanceof Expression.Call c) {
            return call(c);
        }
        if (expression instanceof Expression.Name n && n.name().equals("_pi")) {
            return Gradient.constant(parameters.count(), Math.PI);
        }
        if (expression instanceof Expression.Name n) {
            throw EchelonException.misuse(text + ": " + n.name() + " is no estimate; write _b[" + n.name() + "]");
        }
        throw EchelonException.misuse(text + ": an expression of estimates has numbers, _b[name], + - * / ^ and functions only");
    }

    private Gradient binary(Expression.Binary b) {
        Gradient left = value(b.left());
        Gradient right = value(b.right());
        return switch (b.operator()) {
            case "+" -> left.add(right);
            case "-" -> left.subtract(right);
            case "*" -> left.multiply(right);
            case "/" -> left.divide(right);
            case "^" -> b.right() instanceof Expression.Number n ? left.pow(n.value()) : left.pow(right);
            default -> throw EchelonException.misuse(text + ": " + b.operator() + " has no derivative");
        };
    }

    private Gradient call(Expression.Call c) {
        UnaryOperator<Gradient> function = FUNCTIONS.get(c.function());
        if (function == null || c.arguments().size() != 1) {
            List<String> names = List.copyOf(FUNCTIONS.keySet());
            throw EchelonException.misuse(text + ": there is no function " + c.function() + " of "
                    + c.arguments().size() + " arguments here" + Spelling.hint(c.function(), names) + " (there are "
                    + String.join(", ", names) + ")");
        }
        return function.apply(value(c.arguments().get(0)));
    }
}

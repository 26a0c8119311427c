package io.echelon.postestimation;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.fit.Estimates;
import io.echelon.spec.Expression;
import io.echelon.spec.Margins;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.hipparchus.analysis.differentiation.Gradient;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.util.FastMath;

/** Evaluates expressions of estimates with their derivatives, by automatic differentiation. */
public final class EstimateExpression {
    private static final Map<String, UnaryOperator<Gradient>> FUNCTIONS = functions();

    private final NamedParameters parameters;
    private final double[][] variance;
    private String text;
    private List<Margins.Prediction> predictions;

    public EstimateExpression(Estimates estimates) {
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
    public LinearForm of(Expression expression, String text) {
        List<Margins.Prediction> found = new ArrayList<>();
        Node node = of(expression, text, found);
        if (!found.isEmpty()) {
            throw EchelonException.misuse(text + ": predictions are averaged by margins, expression(" + text + ")");
        }
        Gradient g = node.at(new Gradient[0]);
        if (!Double.isFinite(g.getValue())) {
            throw EchelonException.misuse(text + " has no value at the estimates");
        }
        LinearForm form = new LinearForm(g.getValue(), g.getGradient());
        if (form.constant()) {
            throw EchelonException.misuse(text + " does not depend on any estimate; write one such as _b[week]");
        }
        return form;
    }

    /** An expression that predictions of a row are put into. */
    public interface Node extends Serializable {
        /** The value, given that of each prediction. */
        Gradient at(Gradient[] predictions);
    }

    /** An expression of estimates and predictions; the predictions it has are added to {@code predictions}. */
    public Node of(Expression expression, String text, List<Margins.Prediction> predictions) {
        this.text = text;
        this.predictions = predictions;
        return node(expression);
    }

    private Node node(Expression expression) {
        int count = parameters.count();
        if (expression instanceof Expression.Number n) {
            double value = n.value();
            return p -> Gradient.constant(count, value);
        }
        if (expression instanceof Expression.Estimate e) {
            LinearForm form = parameters.find(e.parameter()).form();
            double value = e.standardError() ? Inference.standardError(form, variance) : form.value();
            double[] gradient = e.standardError() ? new double[count] : form.gradient();
            return p -> new Gradient(value, gradient);
        }
        if (expression instanceof Expression.Prediction e) {
            if (!predictions.contains(e.prediction())) {
                predictions.add(e.prediction());
            }
            int place = predictions.indexOf(e.prediction());
            return p -> p[place];
        }
        if (expression instanceof Expression.Unary u && u.operator().equals("-")) {
            Node operand = node(u.operand());
            return p -> operand.at(p).negate();
        }
        if (expression instanceof Expression.Binary b) {
            return binary(b);
        }
        if (expression instanceof Expression.Call c) {
            return call(c);
        }
        if (expression instanceof Expression.Name n && n.name().equals("_pi")) {
            return p -> Gradient.constant(count, Math.PI);
        }
        if (expression instanceof Expression.Name n) {
            throw EchelonException.misuse(text + ": " + n.name() + " is no estimate; write _b[" + n.name() + "]");
        }
        throw EchelonException.misuse(text + ": an expression of estimates has numbers, _b[name], + - * / ^ and functions only");
    }

    private Node binary(Expression.Binary b) {
        Node left = node(b.left());
        Node right = node(b.right());
        switch (b.operator()) {
            case "+":
                return p -> left.at(p).add(right.at(p));
            case "-":
                return p -> left.at(p).subtract(right.at(p));
            case "*":
                return p -> left.at(p).multiply(right.at(p));
            case "/":
                return p -> left.at(p).divide(right.at(p));
            case "^":
                double power = b.right() instanceof Expression.Number n ? n.value() : Double.NaN;
                return p -> Double.isNaN(power) ? left.at(p).pow(right.at(p)) : left.at(p).pow(power);
            default:
                throw EchelonException.misuse(text + ": " + b.operator() + " has no derivative");
        }
    }

    private Node call(Expression.Call c) {
        String name = c.function();
        if (!FUNCTIONS.containsKey(name) || c.arguments().size() != 1) {
            List<String> names = List.copyOf(FUNCTIONS.keySet());
            throw EchelonException.misuse(text + ": there is no function " + name + " of "
                    + c.arguments().size() + " arguments here" + Spelling.hint(name, names) + " (there are "
                    + String.join(", ", names) + ")");
        }
        Node argument = node(c.arguments().get(0));
        return p -> FUNCTIONS.get(name).apply(argument.at(p));
    }
}

package io.echelon.linalg;

import java.util.Arrays;

/**
 * A number with its first and second derivatives with respect to m variables. With m = 0 it is a plain number, so that the
 * same formula gives a value alone or a value with its derivatives.
 */
public final class Jet {
    private final int variables;
    /** Value, gradient, packed Hessian. */
    private final double[] terms;

    private Jet(int variables, double[] terms) {
        this.variables = variables;
        this.terms = terms;
    }

    /** A number that does not depend on the m variables. */
    public static Jet constant(double value, int variables) {
        double[] terms = new double[length(variables)];
        terms[0] = value;
        return new Jet(variables, terms);
    }

    /** The m variables themselves at the given values. */
    public static Jet[] variables(double[] values) {
        Jet[] all = new Jet[values.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = constant(values[i], values.length);
            all[i].terms[1 + i] = 1;
        }
        return all;
    }

    /** Plain numbers. */
    public static Jet[] constants(double[] values) {
        return Arrays.stream(values).mapToObj(v -> constant(v, 0)).toArray(Jet[]::new);
    }

    /** The number with these {@link #terms}. */
    public static Jet of(double[] terms, int variables) {
        return new Jet(variables, terms);
    }

    /** Length of {@link #terms} for m variables. */
    public static int length(int variables) {
        return 1 + variables + Packed.size(variables);
    }

    /** Number of variables. */
    public int variables() {
        return variables;
    }

    /** The value. */
    public double value() {
        return terms[0];
    }

    /** Value, m first derivatives, packed second derivatives. */
    public double[] terms() {
        return terms;
    }

    /** First derivative with respect to variable i. */
    public double first(int i) {
        return terms[1 + i];
    }

    /** Second derivative with respect to variables i and j. */
    public double second(int i, int j) {
        return terms[1 + variables + Packed.index(i, j)];
    }

    /** This + other. */
    public Jet plus(Jet other) {
        return combine(other, 1);
    }

    /** This − other. */
    public Jet minus(Jet other) {
        return combine(other, -1);
    }

    private Jet combine(Jet other, double factor) {
        double[] out = terms.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] += factor * other.terms[i];
        }
        return new Jet(variables, out);
    }

    /** This + c. */
    public Jet plus(double c) {
        double[] out = terms.clone();
        out[0] += c;
        return new Jet(variables, out);
    }

    /** c times this. */
    public Jet times(double c) {
        double[] out = terms.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= c;
        }
        return new Jet(variables, out);
    }

    /** This times other. */
    public Jet times(Jet other) {
        double[] out = new double[terms.length];
        addProduct(out, this, other, 1);
        return new Jet(variables, out);
    }

    /** This − a b. */
    public Jet minusProduct(Jet a, Jet b) {
        double[] out = terms.clone();
        addProduct(out, a, b, -1);
        return new Jet(variables, out);
    }

    private static void addProduct(double[] out, Jet left, Jet right, double factor) {
        int m = left.variables;
        double a = factor * left.terms[0];
        double b = factor * right.terms[0];
        out[0] += a * right.terms[0];
        for (int i = 1; i < out.length; i++) {
            out[i] += a * right.terms[i] + b * left.terms[i];
        }
        int at = 1 + m;
        for (int i = 1; i <= m; i++) {
            double li = factor * left.terms[i];
            double ri = factor * right.terms[i];
            for (int j = 1; j <= i; j++) {
                out[at++] += li * right.terms[j] + ri * left.terms[j];
            }
        }
    }

    /** This divided by other. */
    public Jet over(Jet other) {
        return times(other.reciprocal());
    }

    /** 1 / this. */
    public Jet reciprocal() {
        double r = 1 / terms[0];
        return map(r, -r * r, 2 * r * r * r);
    }

    /** exp(this). */
    public Jet exp() {
        double e = Math.exp(terms[0]);
        return map(e, e, e);
    }

    /** log(this); NaN for a value that is not positive. */
    public Jet log() {
        double r = 1 / terms[0];
        return map(Math.log(terms[0]), r, -r * r);
    }

    /** √this. */
    public Jet sqrt() {
        double s = Math.sqrt(terms[0]);
        return map(s, 0.5 / s, -0.25 / (s * terms[0]));
    }

    /** tanh(this). */
    public Jet tanh() {
        double t = Math.tanh(terms[0]);
        double d = 1 - t * t;
        return map(t, d, -2 * t * d);
    }

    /** 1 / (1 + exp(−this)). */
    public Jet logistic() {
        double p = 1 / (1 + Math.exp(-terms[0]));
        double d = p * (1 - p);
        return map(p, d, d * (1 - 2 * p));
    }

    /** This to the power d. */
    public Jet power(double d) {
        if (d == 1) {
            return this;
        }
        double v = terms[0];
        double second = d == 2 ? 2 : d * (d - 1) * Math.pow(v, d - 2);
        return map(Math.pow(v, d), d * Math.pow(v, d - 1), second);
    }

    /** f(this), given f, f' and f'' at the value. */
    private Jet map(double f, double first, double second) {
        double[] out = new double[terms.length];
        out[0] = f;
        for (int i = 1; i < out.length; i++) {
            out[i] = first * terms[i];
        }
        int at = 1 + variables;
        for (int i = 1; i <= variables; i++) {
            double g = second * terms[i];
            for (int j = 1; j <= i; j++) {
                out[at++] += g * terms[j];
            }
        }
        return new Jet(variables, out);
    }
}

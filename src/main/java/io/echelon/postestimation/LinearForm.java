package io.echelon.postestimation;

/**
 * A differentiable function of the parameters of a fit, at their estimates.
 *
 * @param value    its value
 * @param gradient its derivatives in the parameters in the order of their covariance matrix, k
 */
public record LinearForm(double value, double[] gradient) {
    LinearForm plus(LinearForm other, double factor) {
        double[] sum = gradient.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * other.gradient[i];
        }
        return new LinearForm(value + factor * other.value, sum);
    }

    LinearForm times(double factor) {
        return new LinearForm(0, new double[gradient.length]).plus(this, factor);
    }

    /** With a number added. */
    LinearForm shifted(double number) {
        return new LinearForm(value + number, gradient);
    }

    /** Whether it is the same at all parameters. */
    boolean constant() {
        for (double g : gradient) {
            if (g != 0) {
                return false;
            }
        }
        return true;
    }
}

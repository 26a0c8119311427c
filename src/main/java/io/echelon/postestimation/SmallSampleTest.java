package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Coefficient;
import io.echelon.linalg.Cholesky;
import java.util.Arrays;
import java.util.List;

/** Tests of fixed effects with the denominator degrees of freedom of {@code dfmethod()}. */
final class SmallSampleTest {
    private SmallSampleTest() {}

    /** F test that linearly independent functions of the fixed effects are zero; its denominator degrees of freedom may be NaN. */
    static DenominatorDf.Joint joint(Results results, List<LinearForm> forms) {
        DenominatorDf freedom = freedom(results);
        double[] beta = beta(results);
        double[][] l = forms.stream().map(f -> fixed(f, beta.length)).toArray(double[][]::new);
        double[] shift = new double[l.length];
        boolean shifted = false;
        for (int a = 0; a < l.length; a++) {
            shift[a] = dot(l[a], beta) - forms.get(a).value();
            shifted |= shift[a] != 0;
        }
        return freedom.joint(l, shifted ? moved(l, beta, shift) : beta);
    }

    /** Degrees of freedom of the t test of a function of the fixed effects. */
    static double df(Results results, LinearForm form) {
        return requireFreedom(freedom(results).of(fixed(form, beta(results).length)));
    }

    /** Refuses degrees of freedom that there are none of. */
    static double requireFreedom(double df) {
        if (Double.isNaN(df)) {
            throw EchelonException.misuse("small-sample inference is not available: by this dfmethod() the coefficients have"
                    + " different degrees of freedom; test those apart that differ, leave small out, or fit with"
                    + " dfmethod(satterthwaite) or dfmethod(kroger)");
        }
        return df;
    }

    private static DenominatorDf freedom(Results results) {
        return results.freedom().orElseThrow(() -> EchelonException.misuse(
                "small needs the degrees of freedom of a model fitted with dfmethod(); add, for instance,"
                        + " dfmethod(satterthwaite) to " + results.estimates().spec().command().text()
                        + ", or leave small out"));
    }

    private static double[] beta(Results results) {
        return results.estimates().coefficients().stream().filter(c -> c.status() == Column.Status.ESTIMATED)
                .mapToDouble(Coefficient::estimate).toArray();
    }

    private static double[] fixed(LinearForm form, int p) {
        for (int i = p; i < form.gradient().length; i++) {
            if (form.gradient()[i] != 0) {
                throw EchelonException.misuse("small is for tests of fixed effects; leave it out to test variance parameters");
            }
        }
        return Arrays.copyOf(form.gradient(), p);
    }

    /** β moved along L' so that Lβ is smaller by the shift: a test that Lβ = shift becomes one that it is zero. */
    private static double[] moved(double[][] l, double[] beta, double[] shift) {
        double[][] gram = new double[l.length][l.length];
        for (int a = 0; a < l.length; a++) {
            for (int b = 0; b < l.length; b++) {
                gram[a][b] = dot(l[a], l[b]);
            }
        }
        double[] weights = Cholesky.of(gram).orElseThrow(() -> EchelonException.misuse(
                "the conditions tested together are not independent of each other")).solve(shift);
        double[] out = beta.clone();
        for (int a = 0; a < l.length; a++) {
            for (int j = 0; j < out.length; j++) {
                out[j] -= l[a][j] * weights[a];
            }
        }
        return out;
    }

    private static double dot(double[] a, double[] b) {
        double s = 0;
        for (int i = 0; i < a.length; i++) {
            s += a[i] * b[i];
        }
        return s;
    }
}

package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.error.EchelonException;
import io.echelon.estimate.df.DenominatorDf;
import io.echelon.fit.Coefficient;
import io.echelon.spec.Adjustment;
import io.echelon.spec.WaldTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Joint Wald test: W = (Rθ̂ − r)'(RVR')⁻¹(Rθ̂ − r) is chi-squared with rank(R) degrees of freedom; with {@code small} F by
 * the method of the fit. Conditions that follow from those before them are dropped.
 *
 * @param name          {@code test} or {@code testparm}
 * @param conditions    what was tested, in order
 * @param dropped       numbers, from 1, of the conditions left out
 * @param statistic     chi-squared, or F where {@code denominatorDf} is a number
 * @param denominatorDf NaN for chi-squared
 * @param rows          the conditions by themselves, with adjusted p-values, where asked for
 * @param adjustment    how these were adjusted
 */
public record JointTest(String name, List<Condition> conditions, List<Integer> dropped, double statistic, int df,
                        double denominatorDf, double pValue, List<Row> rows, Optional<Adjustment> adjustment)
        implements Answer {
    /** A variance this small, relative to what it was before the conditions above were accounted for, is zero. */
    private static final double DEPENDENT = 1e-10;

    /**
     * A condition: a function of the parameters is zero.
     *
     * @param text as printed: {@code [y]2.race - [y]3.race = 0}
     */
    public record Condition(String text, LinearForm form) {}

    public JointTest {
        conditions = List.copyOf(conditions);
        dropped = List.copyOf(dropped);
        rows = List.copyOf(rows);
    }

    /**
     * {@code test}.
     *
     * @param before the conditions of the test before, for {@code accumulate}
     */
    public static JointTest of(WaldTest command, Results results, List<Condition> before) {
        NamedParameters parameters = new NamedParameters(results.estimates());
        List<Condition> conditions = new ArrayList<>(command.accumulate() ? before : List.of());
        for (WaldTest.Condition c : command.conditions()) {
            if (c instanceof WaldTest.Equation e) {
                NamedParameters.Named left = parameters.find(e.constraint());
                conditions.add(new Condition(left.label() + " = " + Inference.number(e.constraint().value()), left.form()));
            } else if (c instanceof WaldTest.Coefficient one) {
                parameters.all(one.parameter()).forEach(named -> conditions.add(new Condition(named.label() + " = 0",
                        named.form())));
            } else {
                String equation = ((WaldTest.OfEquation) c).equation();
                parameters.equation(equation).stream().filter(b -> b.status() == Column.Status.ESTIMATED
                        && !b.name().equals(Column.CONSTANT)).forEach(b -> conditions.add(zero(parameters, b)));
            }
        }
        return of("test", results, conditions, command.small(), command.mtest());
    }

    static Condition zero(NamedParameters parameters, Coefficient c) {
        return new Condition(NamedParameters.label(c) + " = 0", parameters.form(c));
    }

    static JointTest of(String name, Results results, List<Condition> conditions, boolean small,
                        Optional<Adjustment> mtest) {
        if (conditions.isEmpty()) {
            throw EchelonException.misuse(name + ": there is nothing to test; name coefficients, as in test 2.race 3.race");
        }
        double[][] v = results.variance(small);
        Independent independent = Independent.of(conditions.stream().map(Condition::form).toList(), v);
        if (independent.kept.isEmpty()) {
            throw EchelonException.misuse(name + ": none of the conditions can be tested, for what they name is held at a"
                    + " value (a base level, an omitted or constrained coefficient)");
        }
        List<LinearForm> kept = independent.kept.stream().map(i -> conditions.get(i).form()).toList();
        List<Integer> dropped = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            if (!independent.kept.contains(i)) {
                dropped.add(i + 1);
            }
        }
        List<Row> rows = mtest.map(m -> single(results, conditions, small, m)).orElse(List.of());
        int df = kept.size();
        if (small) {
            DenominatorDf.Joint f = SmallSampleTest.joint(results, kept);
            SmallSampleTest.requireFreedom(f.denominatorDf());
            return new JointTest(name, conditions, dropped, f.statistic(), df, f.denominatorDf(),
                    Inference.fTail(f.statistic(), df, f.denominatorDf()), rows, mtest);
        }
        return new JointTest(name, conditions, dropped, independent.statistic, df, Double.NaN,
                Inference.chiSquaredTail(independent.statistic, df), rows, mtest);
    }

    private static List<Row> single(Results results, List<Condition> conditions, boolean small, Adjustment mtest) {
        List<Row> rows = conditions.stream().map(c -> {
            double se = Inference.standardError(c.form(), results.variance(small));
            double df = small ? SmallSampleTest.df(results, c.form()) : Double.NaN;
            return Inference.row(c.text(), c.form().value(), se, df, Inference.level(OptionalDouble.empty(), results));
        }).toList();
        double[] p = Adjusted.pValues(mtest, rows.stream().mapToDouble(Row::pValue).toArray());
        List<Row> adjusted = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            Row r = rows.get(i);
            adjusted.add(new Row(r.term(), r.estimate(), r.stdError(), r.statistic(), r.df(), p[i], r.confLow(),
                    r.confHigh()));
        }
        return adjusted;
    }

    /** Whether the statistic is an F. */
    public boolean isF() {
        return !Double.isNaN(denominatorDf);
    }

    @Override
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("chi2", isF() ? Double.NaN : statistic);
        values.put("f", isF() ? statistic : Double.NaN);
        values.put("df", df);
        values.put("denominator_df", denominatorDf);
        values.put("p_value", pValue);
        values.put("conditions", conditions.stream().map(Condition::text).toList());
        values.put("dropped", dropped);
        adjustment.ifPresent(a -> values.put("adjustment", a.name().toLowerCase(Locale.ROOT)));
        return values;
    }

    /** The conditions that do not follow from those before them, with the test statistic of all. */
    record Independent(List<Integer> kept, double statistic) {
        static Independent of(List<LinearForm> forms, double[][] v) {
            List<Integer> kept = new ArrayList<>();
            List<double[]> lower = new ArrayList<>();
            double statistic = 0;
            List<Double> solved = new ArrayList<>();
            for (int i = 0; i < forms.size(); i++) {
                double[] row = new double[kept.size() + 1];
                double variance = Inference.covariance(forms.get(i).gradient(), v, forms.get(i).gradient());
                double pivot = variance;
                double value = forms.get(i).value();
                for (int j = 0; j < kept.size(); j++) {
                    double c = Inference.covariance(forms.get(i).gradient(), v, forms.get(kept.get(j)).gradient());
                    for (int k = 0; k < j; k++) {
                        c -= row[k] * lower.get(j)[k];
                    }
                    row[j] = c / lower.get(j)[j];
                    pivot -= row[j] * row[j];
                    value -= row[j] * solved.get(j);
                }
                if (!(pivot > DEPENDENT * variance)) {
                    continue;
                }
                row[kept.size()] = Math.sqrt(pivot);
                double h = value / row[kept.size()];
                statistic += h * h;
                solved.add(h);
                lower.add(row);
                kept.add(i);
            }
            return new Independent(kept, statistic);
        }
    }
}

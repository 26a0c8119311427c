package io.echelon.report;

import io.echelon.design.Column;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.spec.CommandName;
import io.echelon.spec.Factor;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows that the document of a generalized fit has besides those of the tables, so that a parameter is found under every
 * name it goes by: the residual variance among the parameters of the family, and the one variance and the one covariance of
 * an exchangeable equation, which the tables list element by element. Such rows have no label.
 */
final class FurtherNames {
    private static final String RESIDUAL = "Residual";

    private FurtherNames() {}

    /** The coefficients, then the residual variance. */
    static List<Coefficient> coefficients(Estimates e) {
        List<Coefficient> all = new ArrayList<>(e.coefficients());
        if (e.spec().command() != CommandName.MIXED) {
            e.varianceComponents().stream().filter(v -> v.level().equals(RESIDUAL)).forEach(v -> all.add(new Coefficient("",
                    v.term(), Column.Status.ESTIMATED, v.estimate(), v.stdError(), Double.NaN, Double.NaN, Double.NaN,
                    v.confLow(), v.confHigh())));
        }
        return all;
    }

    /** The coefficients of the tables. */
    static List<Coefficient> ofTables(List<Coefficient> all) {
        return all.stream().filter(c -> !c.term().startsWith("var(e.")).toList();
    }

    /** The variance components, then those that several elements share. */
    static List<VarianceComponent> components(Estimates e) {
        List<VarianceComponent> all = new ArrayList<>(e.varianceComponents());
        if (e.spec().command() == CommandName.MIXED) {
            return all;
        }
        var shared = e.varianceComponents().stream().filter(v -> v.structure().equals("Exchangeable"))
                .collect(Collectors.groupingBy(v -> List.of(v.level(), v.block()), Collectors.toList()));
        shared.values().forEach(rows -> {
            List<VarianceComponent> variances = rows.stream().filter(v -> v.label().startsWith("var(")).toList();
            String names = variances.stream().map(v -> v.label().substring(4, v.label().length() - 1))
                    .collect(Collectors.joining(" "));
            String typed = typed(e, rows.get(0));
            all.add(named("var(" + names, variances.get(0)));
            rows.stream().filter(v -> v.label().startsWith("cov(")).findFirst()
                    .ifPresent(v -> all.add(named("cov(" + typed + "," + typed, v)));
        });
        return all;
    }

    /** The variance components of the tables. */
    static List<VarianceComponent> componentsOfTables(List<VarianceComponent> all) {
        return all.stream().filter(v -> !v.label().isEmpty()).toList();
    }

    private static VarianceComponent named(String name, VarianceComponent v) {
        return new VarianceComponent(v.level(), v.block(), v.structure(), "", name + "[" + v.level() + "])", v.estimate(),
                v.stdError(), v.confLow(), v.confHigh());
    }

    /** The variables of an equation as typed: {@code child*}. */
    private static String typed(Estimates e, VarianceComponent of) {
        String level = of.level().substring(of.level().lastIndexOf('>') + 1);
        RandomEquation equation = e.spec().random().stream().filter(r -> r.level().equals(level)).toList().get(of.block());
        return equation.terms().stream().map(t -> t.factors().stream().map(Factor::variable)
                .collect(Collectors.joining("#"))).collect(Collectors.joining(" "));
    }
}

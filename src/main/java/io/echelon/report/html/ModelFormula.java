package io.echelon.report.html;

import static io.echelon.report.html.MathMl.both;
import static io.echelon.report.html.MathMl.call;
import static io.echelon.report.html.MathMl.formula;
import static io.echelon.report.html.MathMl.matrix;
import static io.echelon.report.html.MathMl.name;
import static io.echelon.report.html.MathMl.number;
import static io.echelon.report.html.MathMl.operator;
import static io.echelon.report.html.MathMl.row;
import static io.echelon.report.html.MathMl.sub;
import static io.echelon.report.html.MathMl.symbol;
import static io.echelon.report.html.MathMl.times;

import io.echelon.covariance.Covariance;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.spec.CommandName;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A model in symbols: the linear predictor term by term, and the distributions. */
final class ModelFormula {
    /** Coefficients written out; of more, the first ones. */
    private static final int MOST_TERMS = 12;
    /** Random effects up to which their covariance matrix is written out. */
    private static final int MOST_EFFECTS = 5;

    private final Design design;
    private final List<Html> lines = new ArrayList<>();

    private ModelFormula(Design design) {
        this.design = design;
    }

    /** The formula, a paragraph a line. */
    static List<Html> of(Design design) {
        ModelFormula formula = new ModelFormula(design);
        formula.write();
        return formula.lines;
    }

    private void write() {
        boolean linear = design.spec().command() == CommandName.MIXED;
        if (linear) {
            line(predictor(row(name(design.spec().fixed().response()), operator("=")), true));
        } else {
            new ResponseFormula(design).lines().forEach(f -> line(List.of(f)));
            line(predictor(row(symbol("η"), operator("=")), false));
        }
        for (Level level : design.levels()) {
            for (int equation = 0; equation < level.effects().size(); equation++) {
                effects(level, equation);
            }
        }
        if (linear) {
            line(List.of(residual()));
        }
    }

    private void line(List<Html> formulas) {
        List<Object> spaced = new ArrayList<>();
        formulas.forEach(f -> spaced.addAll(List.of(f, " ")));
        lines.add(Html.of("p", spaced).with("class", "formula"));
    }

    /** The linear predictor, a formula a term so that long ones break into lines. */
    private List<Html> predictor(Html left, boolean residual) {
        List<Html> terms = new ArrayList<>();
        List<Column> columns = design.estimated();
        long shown = Math.min(columns.size(), MOST_TERMS);
        for (int k = 0; k < shown; k++) {
            Column column = columns.get(k);
            Html beta = sub(symbol("β"), number(column.isConstant() ? "0" : String.valueOf(k + 1)));
            terms.add(column.isConstant() ? beta : row(beta, times(), name(column.name())));
        }
        if (columns.size() > shown) {
            terms.add(row(name("… (" + (columns.size() - shown) + " more)")));
        }
        design.offset().ifPresent(o -> {
            Html x = name(design.sources().get(o.source()).name());
            terms.add(o.logarithm() ? call(name("log"), x) : x);
        });
        for (Level level : design.levels()) {
            for (int equation = 0; equation < level.effects().size(); equation++) {
                Effects effects = level.effects().get(equation);
                for (int q = 0; q < effects.names().size(); q++) {
                    Html u = effect(level, equation, q);
                    boolean alone = effects.factor().isPresent() || effects.columns().get(q).isConstant();
                    terms.add(alone ? u : row(u, times(), name(effects.names().get(q))));
                }
            }
        }
        if (residual) {
            terms.add(symbol("ε"));
        }
        List<Html> formulas = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            formulas.add(k == 0 ? formula(left, terms.get(k)) : formula(operator("+"), terms.get(k)));
        }
        return formulas;
    }

    /** Effect q of an equation, under the name of its groups. */
    private static Html effect(Level level, int equation, int q) {
        Effects effects = level.effects().get(equation);
        int before = IntStream.range(0, equation).map(e -> level.effects().get(e).names().size()).sum();
        return effects.factor().map(f -> sub(symbol("u"), name(f)))
                .orElseGet(() -> sub(symbol("u"), row(number(String.valueOf(before + q)), operator(","), name(group(level)))));
    }

    private static String group(Level level) {
        return level.variable().equals(RandomEquation.ALL) ? "all" : level.variable();
    }

    /** {@code (u₀, u₁)' ~ N(0, Σ)} with Σ written out. */
    private void effects(Level level, int equation) {
        Effects effects = level.effects().get(equation);
        int q = effects.names().size();
        if (q == 0) {
            return;
        }
        String where = effects.factor().orElse(group(level));
        if (q == 1) {
            line(List.of(formula(effect(level, equation, 0), operator("~"), normal(number("0"),
                    both(symbol("σ"), name(where), number("2"))))));
            return;
        }
        List<List<Html>> column = IntStream.range(0, q).mapToObj(k -> List.of(effect(level, equation, k))).toList();
        Covariance covariance = effects.covariance();
        Html sigma = q <= MOST_EFFECTS ? written(covariance)
                : row(sub(name("Σ"), name(where)), name(" (" + covariance.title().toLowerCase(Locale.ROOT) + ")"));
        Html vector = q <= MOST_EFFECTS ? matrix(column) : sub(name("u"), name(where));
        line(List.of(formula(vector, operator("~"), normal(number("0"), sigma))));
    }

    private static Html normal(Html mean, Html variance) {
        return call(symbol("N"), mean, operator(","), variance);
    }

    /** Σ with the same symbol wherever its structure says that elements are equal. */
    private static Html written(Covariance covariance) {
        int q = covariance.dimension();
        List<List<Html>> rows = new ArrayList<>();
        for (int i = 0; i < q; i++) {
            List<Html> cells = new ArrayList<>();
            for (int j = 0; j < q; j++) {
                cells.add(element(covariance, i, j));
            }
            rows.add(cells);
        }
        return matrix(rows);
    }

    private static Html element(Covariance covariance, int i, int j) {
        for (int k = 0; k < covariance.parameters(); k++) {
            double[][] basis = covariance.basis(k);
            if (basis[i][j] != 0) {
                return parameter(basis);
            }
        }
        double held = covariance.constant()[i][j];
        return number(held == 0 ? "0" : HtmlTable.number(held));
    }

    /** σ² or σ with the place where the parameter first stands. */
    private static Html parameter(double[][] basis) {
        int q = basis.length;
        int first = IntStream.range(0, q * q).filter(p -> basis[p / q][p % q] != 0).findFirst().orElse(0);
        int i = first / q;
        int j = first % q;
        return i == j ? both(symbol("σ"), number(String.valueOf(i)), number("2"))
                : sub(symbol("σ"), number(i + "" + j));
    }

    private Html residual() {
        Html variance = both(symbol("σ"), name("e"), number("2"));
        return design.residuals().map(r -> {
            String structure = r.model().structures().get(0).title().toLowerCase(Locale.ROOT);
            String by = r.model().by() == null ? "" : " by " + r.model().by().variable();
            return formula(symbol("ε"), operator("~"), normal(number("0"), row(variance, times(), symbol("R"))),
                    name(", R: " + structure + by));
        }).orElseGet(() -> formula(symbol("ε"), operator("~"), normal(number("0"), variance)));
    }
}

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
import io.echelon.design.Outcomes;
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
            line(predictor(row(name(design.spec().fixed().response()), operator("=")), true, ""));
        } else {
            new ResponseFormula(design).lines().forEach(f -> line(List.of(f)));
            for (String equation : design.responseColumns().outcomes().map(Outcomes::equations).orElse(List.of(""))) {
                Html eta = equation.isEmpty() ? symbol("η") : sub(symbol("η"), name(equation));
                line(predictor(row(eta, operator("=")), false, equation));
            }
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

    /** A linear predictor, a formula a term so that long ones break into lines; without name where there is one. */
    private List<Html> predictor(Html left, boolean residual, String predictor) {
        List<Html> terms = new ArrayList<>();
        List<Column> columns = design.regressors();
        columns.stream().filter(Column::isConstant).forEach(c -> terms.add(coefficient(0, predictor)));
        long shown = Math.min(columns.size(), MOST_TERMS);
        for (int k = 0; k < shown; k++) {
            if (!columns.get(k).isConstant()) {
                terms.add(row(coefficient(k + 1, predictor), times(), name(columns.get(k).name())));
            }
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
                List<Html> products = new ArrayList<>();
                for (int q = 0; q < effects.names().size(); q++) {
                    if (!of(effects, q).isEmpty() && !of(effects, q).equals(predictor)) {
                        continue;
                    }
                    Html u = effect(level, equation, q);
                    if (alone(effects, q)) {
                        terms.add(u);
                    } else {
                        products.add(row(u, times(), name(effects.columns().get(q).alone().name())));
                    }
                }
                terms.addAll(products);
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

    private static Html coefficient(int k, String predictor) {
        Html number = number(String.valueOf(k));
        return sub(symbol("β"), predictor.isEmpty() ? number : row(number, operator(","), name(predictor)));
    }

    /** The linear predictor that an effect enters; empty where that is the only one, or all of several. */
    private static String of(Effects effects, int q) {
        return effects.factor().isPresent() ? "" : effects.columns().get(q).equation();
    }

    /** Whether an effect is an intercept. */
    private static boolean alone(Effects effects, int q) {
        return effects.factor().isPresent() || effects.columns().get(q).isConstant();
    }

    /** Effect q of an equation, under the name of its groups. */
    private static Html effect(Level level, int equation, int q) {
        return level.effects().get(equation).factor().map(f -> sub(symbol("u"), name(f)))
                .orElseGet(() -> sub(symbol("u"), row(number(index(level, equation, q)), operator(","), name(group(level)))));
    }

    /** The number of an effect, after the linear predictor it enters where there are several. */
    private static String index(Level level, int equation, int q) {
        String predictor = of(level.effects().get(equation), q);
        return (predictor.isEmpty() ? "" : predictor + " ") + place(level, equation, q);
    }

    /** Intercepts have the number 0, slopes count from 1 through the equations of a level. */
    private static String place(Level level, int equation, int q) {
        if (alone(level.effects().get(equation), q)) {
            return "0";
        }
        int before = IntStream.range(0, equation).map(e -> slopes(level.effects().get(e), level.effects().get(e).names().size()))
                .sum();
        return String.valueOf(before + slopes(level.effects().get(equation), q) + 1);
    }

    private static int slopes(Effects effects, int before) {
        return (int) IntStream.range(0, before).filter(k -> !alone(effects, k)).count();
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
        Html sigma = q <= MOST_EFFECTS ? written(covariance, level, equation)
                : row(sub(name("Σ"), name(where)), name(" (" + covariance.title().toLowerCase(Locale.ROOT) + ")"));
        Html vector = q <= MOST_EFFECTS ? matrix(column) : sub(name("u"), name(where));
        line(List.of(formula(vector, operator("~"), normal(number("0"), sigma))));
    }

    private static Html normal(Html mean, Html variance) {
        return call(symbol("N"), mean, operator(","), variance);
    }

    /** Σ with the same symbol wherever its structure says that elements are equal. */
    private static Html written(Covariance covariance, Level level, int equation) {
        int q = covariance.dimension();
        List<List<Html>> rows = new ArrayList<>();
        for (int i = 0; i < q; i++) {
            List<Html> cells = new ArrayList<>();
            for (int j = 0; j < q; j++) {
                cells.add(element(covariance, level, equation, i, j));
            }
            rows.add(cells);
        }
        return matrix(rows);
    }

    private static Html element(Covariance covariance, Level level, int equation, int i, int j) {
        for (int k = 0; k < covariance.parameters(); k++) {
            double[][] basis = covariance.basis(k);
            if (basis[i][j] != 0) {
                return parameter(basis, level, equation);
            }
        }
        double held = covariance.constant()[i][j];
        return number(held == 0 ? "0" : HtmlTable.number(held));
    }

    /** σ² or σ with the place where the parameter first stands. */
    private static Html parameter(double[][] basis, Level level, int equation) {
        int q = basis.length;
        int first = IntStream.range(0, q * q).filter(p -> basis[p / q][p % q] != 0).findFirst().orElse(0);
        String i = index(level, equation, first / q);
        String j = index(level, equation, first % q);
        return first / q == first % q ? both(symbol("σ"), number(i), number("2")) : sub(symbol("σ"), number(i + (i.contains(" ") ? ", " : "") + j));
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

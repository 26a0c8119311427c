package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code margins [marginlist] [if] [in] [, options]}.
 *
 * @param terms        factor variables and interactions whose levels get margins
 * @param subset       rows averaged over
 * @param subpop       {@code subpop()}: which of these are averaged over
 * @param at           the options {@code at()}, each with its settings; none for values as observed
 * @param atmeans      covariates at their means
 * @param asbalanced   the levels of factor variables in equal shares
 * @param over         groups of rows that are averaged apart
 * @param effect       {@code dydx()} and its relatives
 * @param prediction   what is averaged
 * @param expression   a function of predictions and estimates that is averaged instead
 * @param contrast     contrasts of the margins; their terms are those of the marginlist
 * @param pairwise     pairwise comparisons of the margins; the same
 * @param atOperator   {@code contrast(atcontrast())}: the operator of the points of {@code at()}
 * @param noestimcheck leave margins that are not estimable as they come
 * @param legend       how the points of {@code at()} are told above the table
 * @param post         make the margins the results that test, lincom and nlcom work on
 * @param level        confidence level in percent
 */
public record Margins(List<Term> terms, Subset subset, Optional<Subset> subpop, List<List<Setting>> at, boolean atmeans,
                      boolean asbalanced, List<String> over, Optional<Effect> effect, Prediction prediction,
                      Optional<Nlcom.Function> expression,
                      Optional<Contrast> contrast, Optional<Pwcompare> pairwise,
                      Optional<Contrast.ContrastFactor> atOperator, boolean noestimcheck, Legend legend,
                      boolean post, OptionalDouble level) implements PostestimationCommand {
    /** The legend of the points of {@code at()}: a blank line before each, none ({@code vsquish}), or no legend ({@code noatlegend}). */
    public enum Legend { SPACED, DENSE, NONE }

    /** The pseudo-variable whose levels are the points of {@code at()}. */
    public static final String AT = "_at";
    /** The pseudo-variable whose levels are the values of an ordinal response. */
    public static final String OUTCOME = "_predict";

    /**
     * {@code predict()}.
     *
     * @param statistic empty for the default of the command that fitted
     * @param random    what stands for the random effects; empty for the default
     * @param outcome   {@code outcome()}
     * @param nooffset  leave the offset out
     * @param text      as typed
     */
    public record Prediction(Optional<Statistic> statistic, Optional<RandomPart> random, Optional<Predict.Outcome> outcome,
                             boolean nooffset, String text) implements Serializable {}

    /**
     * Values of variables in {@code at()}.
     *
     * @param variables names or patterns
     * @param statistic {@code mean}, {@code median}, {@code p25}, {@code min}, {@code max}, {@code zero}, {@code asobserved} or
     *                  {@code asbalanced}; empty where values are given
     * @param values    values that are taken in turn
     * @param generated {@code generate()}: a function of the variables of each row
     */
    public record Setting(List<String> variables, Optional<String> statistic, List<Double> values,
                          Optional<Nlcom.Function> generated) implements Serializable {
        public Setting {
            variables = List.copyOf(variables);
            values = List.copyOf(values);
        }
    }

    /** The functions of the rows that variables are set to, in the order of {@code at()}. */
    public List<Nlcom.Function> generated() {
        return at.stream().flatMap(List::stream).flatMap(s -> s.generated().stream()).toList();
    }

    /** Derivatives and elasticities, in the manual's words: of y or ln y with respect to x or ln x. */
    public enum Derivative { DYDX, EYEX, DYEX, EYDX }

    /** Derivatives with respect to variables, which may be patterns. */
    public record Effect(Derivative kind, List<String> variables) implements Serializable {
        public Effect {
            variables = List.copyOf(variables);
        }
    }

    /** The mean linear prediction. */
    public static Margins ofLinearPrediction() {
        return new Margins(List.of(), new Subset(Optional.empty(), Optional.empty()), Optional.empty(), List.of(), false, false,
                List.of(), Optional.empty(), new Prediction(Optional.of(Statistic.XB), Optional.empty(), Optional.empty(), false,
                "xb"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), false,
                Legend.SPACED, false, OptionalDouble.empty());
    }

    /** The margins of another prediction. */
    public Margins of(Prediction other) {
        return new Margins(terms, subset, subpop, at, atmeans, asbalanced, over, effect, other, Optional.empty(), contrast,
                pairwise, atOperator, noestimcheck, legend, post, level);
    }

    public Margins {
        terms = List.copyOf(terms);
        at = List.copyOf(at);
        over = List.copyOf(over);
    }

    @Override
    public String name() {
        return "margins";
    }
}

package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * {@code margins [marginlist] [if] [in] [, options]}.
 *
 * @param terms     factor variables and interactions whose levels get margins
 * @param subset    rows averaged over
 * @param at        the options {@code at()}, each with its settings; none for values as observed
 * @param atmeans   covariates at their means
 * @param over      groups of rows that are averaged apart
 * @param effect    {@code dydx()} and its relatives
 * @param statistic {@code predict()}; empty for the default of the command that fitted
 * @param random    what stands for the random effects; empty for the default
 * @param outcome   {@code predict(outcome())}
 * @param nooffset  {@code predict(nooffset)}
 * @param predict   the argument of {@code predict()} as typed
 * @param level     confidence level in percent
 */
public record Margins(List<Term> terms, Subset subset, List<List<Setting>> at, boolean atmeans, List<String> over,
                      Optional<Effect> effect, Optional<Statistic> statistic, Optional<RandomPart> random,
                      Optional<Predict.Outcome> outcome, boolean nooffset, String predict, OptionalDouble level)
        implements PostestimationCommand {
    /**
     * Values of variables in {@code at()}.
     *
     * @param variables names or patterns
     * @param statistic {@code mean}, {@code min}, {@code max}, {@code zero} or {@code asobserved}; empty where values are given
     * @param values    values that are taken in turn
     */
    public record Setting(List<String> variables, Optional<String> statistic, List<Double> values) implements Serializable {
        public Setting {
            variables = List.copyOf(variables);
            values = List.copyOf(values);
        }
    }

    /** Derivatives and elasticities, in the manual's words: of y or ln y with respect to x or ln x. */
    public enum Derivative { DYDX, EYEX, DYEX, EYDX }

    /** Derivatives with respect to variables, which may be patterns. */
    public record Effect(Derivative kind, List<String> variables) implements Serializable {
        public Effect {
            variables = List.copyOf(variables);
        }
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

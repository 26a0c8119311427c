package io.echelon.command;

import io.echelon.spec.Margins;
import io.echelon.spec.Predict;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads {@code margins [marginlist] [if] [in] [, options]}. */
final class MarginsReader {
    private static final OptionTable OPTIONS = OptionTable.of("margins", "at(atspec)", "atm:eans", "dydx(varlist)",
            "eyex(varlist)", "dyex(varlist)", "eydx(varlist)", "over(varlist)", "pr:edict(pred_opt)", "l:evel(#)",
            "vsquish", "noatl:egend", "vce(delta)");
    private static final Choices STATISTICS = Choices.of("mean", "min", "max", "zero", "asobs:erved");
    private static final int MOST_VALUES = 10_000;

    private final CommandText text;
    private final CommandParser.MarginsContext context;
    private final GivenOptions options;
    private final List<List<Margins.Setting>> at = new ArrayList<>();

    /** Reads what follows the word margins, from {@code rest} on. */
    MarginsReader(CommandText text, int rest) {
        this.text = text;
        context = text.parser(rest, text.length()).margins();
        options = new GivenOptions(text);
        if (context.optionList() != null) {
            for (CommandParser.OptionContext o : context.optionList().option()) {
                // at() may be given several times.
                if (o.NAME().getText().equals("at") && o.LPAREN() != null) {
                    at.add(settings(text.parser(o.LPAREN().getSymbol().getStopIndex() + 1,
                            o.RPAREN().getSymbol().getStartIndex()).atValues()));
                } else {
                    options.add(OPTIONS, o);
                }
            }
        }
    }

    Margins read() {
        Optional<PredictReader> predict = options.read("predict", CommandParser::predictOptions)
                .map(c -> new PredictReader(text, c));
        OptionalDouble level = options.number("level", 10, 99.99).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        Optional<Statistic> statistic = predict.flatMap(PredictReader::statistic);
        Optional<RandomPart> random = predict.flatMap(PredictReader::random);
        Optional<Predict.Outcome> outcome = predict.flatMap(PredictReader::outcome);
        return new Margins(new VariableListReader(text).terms(context.term()),
                new Qualifiers(text, context.qualifier()).subset(context.qualifier()), at, options.has("atmeans"),
                columns("over"), effect(), statistic, random, outcome, predict.filter(PredictReader::nooffset).isPresent(),
                options.text("predict").orElse(""), level);
    }

    private List<String> columns(String option) {
        return options.read(option, CommandParser::columnList).map(c -> VariableListReader.columns(c.columns()))
                .orElse(List.of());
    }

    private Optional<Margins.Effect> effect() {
        List<Margins.Derivative> given = Arrays.stream(Margins.Derivative.values()).filter(d -> options.has(option(d))).toList();
        if (given.size() > 1) {
            throw options.error(option(given.get(1)), "choose one of dydx(), eyex(), dyex() and eydx()");
        }
        return given.stream().findFirst().map(d -> new Margins.Effect(d, columns(option(d))));
    }

    private static String option(Margins.Derivative derivative) {
        return derivative.name().toLowerCase(Locale.ROOT);
    }

    /** {@code (mean) _all x=(1(1)5) z=2}. */
    private List<Margins.Setting> settings(CommandParser.AtValuesContext list) {
        List<Margins.Setting> settings = new ArrayList<>();
        Optional<String> statistic = Optional.empty();
        for (CommandParser.AtItemContext item : list.atItem()) {
            if (item.statistic != null) {
                statistic = Optional.of(STATISTICS.find(text, item.statistic, "a statistic of at()"));
                continue;
            }
            String variable = item.columns().getText();
            if (item.ASSIGN() != null) {
                List<Double> values = item.signedNumber() != null ? List.of(Numbers.value(item.signedNumber()))
                        : values(item.numberStep());
                settings.add(new Margins.Setting(List.of(variable), Optional.empty(), values));
            } else if (statistic.isPresent()) {
                settings.add(new Margins.Setting(List.of(variable), statistic, List.of()));
            } else {
                throw text.error(item.start, "at() gives " + variable + " no value; write " + variable + "=1, " + variable
                        + "=(1(1)5) or (mean) " + variable);
            }
        }
        return settings;
    }

    /** {@code 1 2}, {@code 1/5}, {@code 0(.5)2}. */
    private List<Double> values(List<CommandParser.NumberStepContext> steps) {
        List<Double> values = new ArrayList<>();
        for (CommandParser.NumberStepContext s : steps) {
            double first = Numbers.value(s.signedNumber(0));
            if (s.signedNumber().size() == 1) {
                values.add(first);
                continue;
            }
            double last = Numbers.value(s.signedNumber(s.signedNumber().size() - 1));
            double step = s.SLASH() != null ? 1 : Numbers.value(s.signedNumber(1));
            double count = Math.floor((last - first) / step + 1e-9);
            if (!(step != 0 && count >= 0 && count <= MOST_VALUES)) {
                throw text.error(s.start, "the values " + s.getText() + " must run from the first to the last in steps, at most "
                        + MOST_VALUES);
            }
            for (int k = 0; k <= count; k++) {
                values.add(first + k * step);
            }
        }
        return values;
    }
}

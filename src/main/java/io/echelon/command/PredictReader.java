package io.echelon.command;

import io.echelon.family.Ordinal;
import io.echelon.spec.Margins;
import io.echelon.spec.Predict;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statement.StorageType;
import io.echelon.spec.Statistic;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code predict [type] newvarlist|stub* [if] [in] [, statistic options]}. */
final class PredictReader {
    private static final List<String> STATISTICS = List.of("xb", "stdp", "fit:ted", "res:iduals", "rsta:ndard",
            "ref:fects", "mu", "pr", "eta", "den:sity", "dist:ribution", "pea:rson", "dev:iance", "ans:combe", "mean",
            "med:ian", "haz:ard", "su:rv", "sc:ores");
    private static final OptionTable OPTIONS = OptionTable.of("predict", Stream.concat(STATISTICS.stream(), Stream.of(
            "reses(stub*|newvarlist)", "rel:evel(levelvar)", "nooff:set", "cond:itional(ebmeans|ebmodes|fixedonly)",
            "marg:inal", "out:come(outcome)", "ebmeans", "ebmodes", "fixed:only", "ci[(lower upper)]", "l:evel(#)"))
            .toArray(String[]::new));
    private static final Choices CONDITIONAL = Choices.of("ebmean:s", "ebmode:s", "fixed:only");

    /** The options of {@code predict()} within another command. */
    private static final OptionTable WITHIN = OptionTable.of("predict()", Stream.concat(STATISTICS.stream(), Stream.of(
            "nooff:set", "cond:itional(fixedonly)", "marg:inal", "out:come(outcome)", "fixed:only"))
            .toArray(String[]::new));

    private final CommandText text;
    private final CommandParser.PredictContext context;
    private final GivenOptions options;

    /** Reads what follows the word predict, from {@code rest} on. */
    PredictReader(CommandText text, int rest) {
        this.text = text;
        context = text.parser(rest, text.length()).predict();
        options = GivenOptions.of(text, OPTIONS, context.optionList());
    }

    /** Reads the argument of {@code predict()}. */
    PredictReader(CommandText text, List<CommandParser.OptionContext> within) {
        this.text = text;
        context = null;
        options = new GivenOptions(text);
        within.forEach(o -> options.add(WITHIN, o));
    }

    /** What is predicted within another command; {@code typed} is what stands in the parentheses. */
    Margins.Prediction prediction(String typed) {
        return new Margins.Prediction(statistic(), random(), outcome(), nooffset(), typed);
    }

    Optional<Statistic> statistic() {
        return options.oneOf(Statistic.class);
    }

    boolean nooffset() {
        return options.has("nooffset");
    }

    Predict read() {
        List<String> words = VariableListReader.columns(context.columns());
        Optional<StorageType> type = words.size() > 1 ? StorageTypes.find(words.get(0)) : Optional.empty();
        if (type.filter(t -> t != StorageType.DOUBLE && t != StorageType.FLOAT).isPresent()) {
            throw text.error(context.start, "predictions are fractions: write predict double, predict float, or no type");
        }
        List<String> names = type.isPresent() ? words.subList(1, words.size()) : words;
        requireNames(names, context.columns(type.isPresent() ? 1 : 0).start.getStartIndex());
        return new Predict(type, names, new Qualifiers(text, context.qualifier()).subset(context.qualifier()),
                statistic(), random(), nooffset(), outcome(), options.variable("relevel"),
                names("reses"), interval());
    }

    private void requireNames(List<String> names, int at) {
        boolean stub = names.size() == 1 && names.get(0).endsWith("*");
        for (String name : names) {
            String bare = stub ? name.substring(0, name.length() - 1) : name;
            if (!bare.matches("[\\p{L}_][\\p{L}\\p{Nd}_]*")) {
                throw text.error(at, name + " is not the name of a new variable" + (name.endsWith("*")
                        ? "; a stub stands alone, as in predict u*" : ""));
            }
        }
    }

    Optional<RandomPart> random() {
        List<RandomPart> given = Stream.of(
                options.choice("conditional", CONDITIONAL).map(PredictReader::part),
                Optional.of(RandomPart.MARGINAL).filter(p -> options.has("marginal")),
                Optional.of(RandomPart.MEANS).filter(p -> options.has("ebmeans")),
                Optional.of(RandomPart.MODES).filter(p -> options.has("ebmodes")),
                Optional.of(RandomPart.FIXEDONLY).filter(p -> options.has("fixedonly"))).flatMap(Optional::stream).toList();
        if (given.size() > 1) {
            throw options.error(List.of("marginal", "ebmeans", "ebmodes", "fixedonly").stream().filter(options::has)
                    .findFirst().orElseThrow(), "choose one of conditional(), marginal, ebmeans, ebmodes, fixedonly");
        }
        return given.stream().findFirst();
    }

    private static RandomPart part(String word) {
        return word.equals("ebmeans") ? RandomPart.MEANS : word.equals("ebmodes") ? RandomPart.MODES : RandomPart.FIXEDONLY;
    }

    Optional<Predict.Outcome> outcome() {
        return options.read("outcome", CommandParser::outcomeValue).map(PredictReader::outcome);
    }

    /** {@code 2}, {@code bus} or {@code #2}. */
    static Predict.Outcome outcome(CommandParser.OutcomeValueContext c) {
        return new Predict.Outcome(name(c), c.HASH() != null);
    }

    private static String name(CommandParser.OutcomeValueContext c) {
        return c.STRING() != null ? ExpressionReader.unquoted(c.STRING()) : c.NAME() != null ? c.NAME().getText()
                : Ordinal.text(Numbers.value(c.signedNumber()));
    }

    private List<String> names(String option) {
        List<String> names = options.read(option, CommandParser::columnList)
                .map(c -> VariableListReader.columns(c.columns())).orElse(List.of());
        requireNames(names, context.start.getStartIndex());
        return names;
    }

    private Optional<Predict.Interval> interval() {
        if (!options.has("ci")) {
            if (options.has("level")) {
                throw options.error("level", "level() is that of the limits; add ci");
            }
            return Optional.empty();
        }
        List<String> names = options.text("ci").filter(String::isBlank).isPresent() ? List.of() : names("ci");
        if (names.size() != 0 && names.size() != 2) {
            throw options.error("ci", "ci() takes two names, of the lower and the upper limit: ci(lo hi)");
        }
        return Optional.of(new Predict.Interval(options.number("level", 10, 99.99).orElse(95.0), names));
    }
}

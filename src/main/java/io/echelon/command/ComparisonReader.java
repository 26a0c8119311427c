package io.echelon.command;

import io.echelon.spec.EstimatesDirectory;
import io.echelon.spec.EstimatesReplay;
import io.echelon.spec.EstimatesStats;
import io.echelon.spec.EstimatesTable;
import io.echelon.spec.Lrtest;
import io.echelon.spec.PostestimationCommand;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.antlr.v4.runtime.Token;

/** Reads the commands that compare stored results: lrtest, estimates table, estimates stats. */
final class ComparisonReader {
    private static final OptionTable TABLE = OptionTable.of("estimates table", "b(%fmt)", "se[(%fmt)]", "t[(%fmt)]", "p[(%fmt)]",
            "star[(numlist)]", "st:ats(scalarlist)", "k:eep(coeflist)", "drop(coeflist)");
    private static final OptionTable STATS = OptionTable.of("estimates stats", "n(#)");
    private static final Choices SCALARS = Choices.of("N", "ll", "df", "rank", "aic", "bic", "chi2", "p");
    private static final List<Double> STARS = List.of(0.05, 0.01, 0.001);
    private static final OptionTable LRTEST = OptionTable.of("lrtest", "force", "st:ats", "df(#)");
    private static final OptionTable NONE = OptionTable.of("estimates");

    private final CommandText text;
    private final CommandParser.StoredNamesContext names;
    private final int end;

    /** Reads what follows the leading words, from {@code rest} on. */
    ComparisonReader(CommandText text, int rest) {
        this.text = text;
        names = text.parser(rest, text.length()).storedNames();
        end = text.length();
    }

    PostestimationCommand lrtest() {
        GivenOptions options = GivenOptions.of(text, LRTEST, names.optionList());
        List<String> given = given();
        if (given.isEmpty() || given.size() > 2) {
            throw text.error(given.isEmpty() ? end : names.results.get(2).getStartIndex(),
                    "lrtest compares two results: names given by estimates store, or . for the last ones, as in lrtest a .");
        }
        return new Lrtest(given.get(0), given.size() == 2 ? given.get(1) : Lrtest.LAST, options.has("force"),
                options.has("stats"), options.integer("df", 1).map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    PostestimationCommand table() {
        GivenOptions options = GivenOptions.of(text, TABLE, names.optionList());
        List<Double> stars = !options.has("star") ? List.of()
                : options.text("star").filter(s -> !s.isEmpty()).isEmpty() ? STARS : levels(options);
        if (!stars.isEmpty() && (options.has("se") || options.has("t") || options.has("p"))) {
            throw options.error("star", "stars go with coefficients alone; leave out star, or se, t and p");
        }
        return new EstimatesTable(given(), format(options, "b", ""), format(options, "se", ""), format(options, "t", "%7.2f"),
                format(options, "p", "%6.4f"), stars, scalars(options), words(options, "keep"), words(options, "drop"));
    }

    PostestimationCommand stats() {
        GivenOptions options = GivenOptions.of(text, STATS, names.optionList());
        return new EstimatesStats(given(), options.number("n", 1, Double.MAX_VALUE).map(OptionalDouble::of)
                .orElse(OptionalDouble.empty()));
    }

    PostestimationCommand replay() {
        GivenOptions.of(text, NONE, names.optionList());
        if (given().size() > 1) {
            throw text.error(names.results.get(1).getStartIndex(), "estimates replay shows one fit: its name, or nothing for the"
                    + " last one");
        }
        return new EstimatesReplay(given().isEmpty() ? Lrtest.LAST : given().get(0));
    }

    PostestimationCommand directory() {
        GivenOptions.of(text, NONE, names.optionList());
        if (!given().isEmpty()) {
            throw text.error(names.results.get(0).getStartIndex(), "estimates dir takes no names");
        }
        return new EstimatesDirectory();
    }

    /** The names of {@code estimates drop}: at least one. */
    List<String> dropped() {
        GivenOptions.of(text, NONE, names.optionList());
        if (given().isEmpty()) {
            throw text.error(end, "estimates drop takes the names of stored results, or _all");
        }
        return given();
    }

    private List<String> given() {
        return names.results.stream().map(Token::getText).toList();
    }

    /** The format of an option; {@code standard} where it is given without one. */
    private static Optional<String> format(GivenOptions options, String name, String standard) {
        return options.text(name).filter(String::isBlank).isPresent() ? Optional.of(standard) : options.format(name);
    }

    private static List<Double> levels(GivenOptions options) {
        List<Double> levels = Arrays.stream(options.text("star").orElse("").split(" ")).map(w -> {
            try {
                return Double.valueOf(w);
            } catch (NumberFormatException e) {
                throw options.error("star", "star() takes up to three significance levels, as in star(.05 .01 .001)");
            }
        }).sorted(Comparator.reverseOrder()).toList();
        if (levels.size() > STARS.size() || levels.stream().anyMatch(l -> !(l > 0 && l < 1))) {
            throw options.error("star", "star() takes up to three significance levels, as in star(.05 .01 .001)");
        }
        return levels;
    }

    private List<String> scalars(GivenOptions options) {
        return options.read("stats", CommandParser::columnList).map(c -> c.columns().stream()
                .map(n -> SCALARS.find(text, n.start, "stats()")).toList()).orElse(List.of());
    }

    private static List<String> words(GivenOptions options, String name) {
        return options.text(name).map(t -> List.of(t.split(" "))).orElse(List.of());
    }
}

package io.echelon.command;

import io.echelon.spec.Lrtest;
import io.echelon.spec.PostestimationCommand;
import java.util.List;
import org.antlr.v4.runtime.Token;

/** Reads the commands that compare stored results: lrtest. */
final class ComparisonReader {
    private static final OptionTable LRTEST = OptionTable.of("lrtest", "force", "stats", "dir");

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
        List<String> given = names.results.stream().map(Token::getText).toList();
        if (given.isEmpty() || given.size() > 2) {
            throw text.error(given.isEmpty() ? end : names.results.get(2).getStartIndex(),
                    "lrtest compares two results: names given by estimates store, or . for the last ones, as in lrtest a .");
        }
        return new Lrtest(given.get(0), given.size() == 2 ? given.get(1) : Lrtest.LAST, options.has("force"));
    }
}

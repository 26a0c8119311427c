package io.echelon.command;

import io.echelon.spec.Estat;
import io.echelon.spec.PostestimationCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.antlr.v4.runtime.tree.ParseTree;

/** Reads the subcommands of estat. */
final class EstatReader {
    private final CommandText text;
    private final CommandParser parser;

    /** Reads what follows the leading words, from {@code rest} on. */
    EstatReader(CommandText text, int rest) {
        this.text = text;
        this.parser = text.parser(rest, text.length());
    }

    private GivenOptions options(String command, String... notations) {
        return GivenOptions.of(text, OptionTable.of(command, notations), parser.optionsOnly().optionList());
    }

    PostestimationCommand icc() {
        return new Estat.Icc(HypothesisReader.level(options("estat icc", "l:evel(#)")));
    }

    PostestimationCommand group() {
        options("estat group");
        return new Estat.Group();
    }

    PostestimationCommand sd() {
        GivenOptions options = options("estat sd", "var:iance");
        return new Estat.Sd(options.has("variance"));
    }

    PostestimationCommand recovariance() {
        GivenOptions options = options("estat recovariance", "rel:evel(levelvar)", "l:evel(levelvar)", "corr:elation");
        return new Estat.Recovariance(options.variable("relevel").or(() -> options.variable("level")),
                options.has("correlation"));
    }

    PostestimationCommand wcorrelation() {
        GivenOptions options = options("estat wcorrelation", "at(levelvar=value ...)", "cov:ariance", "corr:elation",
                "list");
        return new Estat.Wcorrelation(options.read("at", CommandParser::groupPlaces).map(this::places).orElse(List.of()),
                options.has("covariance"), options.has("list"));
    }

    private List<Estat.Place> places(CommandParser.GroupPlacesContext c) {
        List<Estat.Place> places = new ArrayList<>();
        List<String> words = c.children.stream().map(ParseTree::getText).toList();
        for (int i = 0; i + 2 < words.size();) {
            boolean negative = words.get(i + 2).equals("-");
            String value = words.get(i + (negative ? 3 : 2));
            places.add(new Estat.Place(words.get(i), (negative ? "-" : "") + value.replace("\"", "")));
            i += negative ? 4 : 3;
        }
        return places;
    }

    PostestimationCommand ic() {
        GivenOptions options = options("estat ic", "n(#)");
        return new Estat.Ic(options.number("n", 1, Double.MAX_VALUE).map(OptionalDouble::of)
                .orElse(OptionalDouble.empty()));
    }

    PostestimationCommand vce() {
        return new Estat.Vce(options("estat vce", "cov:ariance", "corr:elation").has("correlation"));
    }

    PostestimationCommand summarize() {
        options("estat summarize");
        return new Estat.Summarize();
    }

    PostestimationCommand quadrature() {
        options("estat quadrature");
        return new Estat.Quadrature();
    }

    PostestimationCommand df() {
        options("estat df");
        return new Estat.Df();
    }
}

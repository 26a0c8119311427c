package io.echelon.command;

import io.echelon.spec.Estat;
import io.echelon.spec.LinearOptions.DfMethod;
import io.echelon.spec.PostestimationCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        GivenOptions given = options("estat df", "meth:od(df_methods)", "post[(df_method)]", "eim", "oim");
        List<DfMethod.Name> names = given.read("method", CommandParser::columnList).map(c -> c.columns().stream()
                .map(n -> ModelOptions.dfMethod(text, n.start)).toList()).orElse(List.of());
        boolean approximate = names.contains(DfMethod.Name.SATTERTHWAITE) || names.contains(DfMethod.Name.KROGER);
        if (given.has("oim") && given.has("eim") || !approximate && (given.has("oim") || given.has("eim"))) {
            throw given.error(given.has("oim") ? "oim" : "eim",
                    "choose one of eim and oim, for method(satterthwaite) or method(kroger)");
        }
        List<DfMethod> methods = names.stream().map(n -> new DfMethod(n, !given.has("oim")
                && (n == DfMethod.Name.SATTERTHWAITE || n == DfMethod.Name.KROGER))).toList();
        return new Estat.Df(methods, post(given, methods));
    }

    /** The method that {@code post} names, or the only one. */
    private Optional<DfMethod> post(GivenOptions given, List<DfMethod> methods) {
        if (!given.has("post")) {
            return Optional.empty();
        }
        Optional<DfMethod> only = methods.size() == 1 ? Optional.of(methods.get(0)) : Optional.empty();
        Optional<DfMethod> named = given.text("post").filter(t -> !t.isBlank()).isEmpty() ? only
                : given.read("post", CommandParser::variableOrNumber).map(c -> ModelOptions.dfMethod(text, c.start))
                        .flatMap(name -> methods.stream().filter(m -> m.name() == name).findFirst());
        return Optional.of(named.orElseThrow(() -> given.error("post", "post names one of the methods in method(), as in"
                + " estat df, method(kroger anova) post(kroger)")));
    }
}

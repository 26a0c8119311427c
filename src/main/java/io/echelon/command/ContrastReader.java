package io.echelon.command;

import io.echelon.spec.Adjustment;
import io.echelon.spec.Contrast;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.ContrastTerm;
import io.echelon.spec.Contrast.Effects;
import io.echelon.spec.Contrast.Operator;
import io.echelon.spec.Equations;
import io.echelon.spec.Margins;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Predict;
import io.echelon.spec.Pwcompare;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;

/** Reads the commands that contrast the levels of factors: contrast, pwcompare. */
final class ContrastReader {
    private static final List<String> SHARED = List.of("eff:ects", "ci:effects", "pv:effects", "small",
            "mcomp:are(method)", "eq:uation(outcome)", "ateq:uations", "post", "asobs:erved", "l:evel(#)");
    private static final OptionTable CONTRAST = table("contrast", Stream.concat(SHARED.stream(),
            Stream.of("noeff:ects", "nowald", "over:all", "lincom")));
    private static final OptionTable PWCOMPARE = table("pwcompare", Stream.concat(SHARED.stream(),
            Stream.of("cim:argins", "group:s", "sort")));
    private static final OptionTable WITHIN_CONTRAST = table("contrast()", Stream.of("eff:ects", "ci:effects", "pv:effects",
            "noeff:ects", "nowald", "over:all", "lincom", "atcontrast(op)"));
    private static final OptionTable WITHIN_PWCOMPARE = table("pwcompare()", Stream.of("eff:ects", "ci:effects",
            "pv:effects", "cim:argins", "group:s", "sort"));
    private static final Choices OF_CONTRASTS = Choices.of("noadj:ust", "bon:ferroni", "sid:ak", "sch:effe", "h:olm");
    private static final Choices OF_PAIRS = Choices.of("noadj:ust", "bon:ferroni", "sid:ak", "sch:effe", "tuk:ey", "h:olm");
    private static final Choices ALL_TERMS = Choices.of("adjustall");
    private static final Map<String, Operator> OPERATORS = Map.ofEntries(Map.entry("", Operator.JOINT),
            Map.entry("i", Operator.JOINT), Map.entry("r", Operator.REFERENCE), Map.entry("a", Operator.ADJACENT),
            Map.entry("ar", Operator.REVERSE_ADJACENT), Map.entry("g", Operator.GRAND_MEAN),
            Map.entry("h", Operator.HELMERT), Map.entry("j", Operator.REVERSE_HELMERT),
            Map.entry("p", Operator.POLYNOMIAL), Map.entry("q", Operator.POLYNOMIAL_IN_NUMBERS),
            Map.entry("c", Operator.CONTINUOUS));
    private static final Set<String> WEIGHTED = Set.of("gw", "hw", "jw", "pw", "qw");

    private final CommandText text;

    ContrastReader(CommandText text) {
        this.text = text;
    }

    private static OptionTable table(String command, Stream<String> notations) {
        return OptionTable.of(command, notations.toArray(String[]::new));
    }

    /** Reads what follows the word contrast, from {@code rest} on. */
    PostestimationCommand contrast(int rest) {
        CommandParser.ContrastContext list = text.parser(rest, text.length()).contrast();
        GivenOptions options = GivenOptions.of(text, CONTRAST, list.optionList());
        return contrast(terms(list.contrastTerm()), options, options, equations(options), HypothesisReader.level(options));
    }

    /** @param whole the options of the whole command, where {@code options} are those within contrast() */
    private static Contrast contrast(List<ContrastTerm> terms, GivenOptions options, GivenOptions whole, Equations equations,
                                     OptionalDouble level) {
        Optional<Effects> effects = options.has("noeffects") ? Optional.of(Effects.NONE) : effects(options);
        return new Contrast(terms, effects, options.has("nowald"), options.has("overall"), options.has("lincom"),
                options.has("small"), adjustment(whole, OF_CONTRASTS), adjustAll(whole), equations, whole.has("post"), level);
    }

    private static Equations equations(GivenOptions options) {
        if (options.has("asobserved")) {
            throw options.error("asobserved", "asobserved is not available here; contrasts of margins are as observed: margins"
                    + " r.a, predict(xb), or margins a, predict(xb) pwcompare");
        }
        Optional<Predict.Outcome> one = options.read("equation", CommandParser::outcomeValue).map(PredictReader::outcome);
        if (one.isPresent() && options.has("atequations")) {
            throw options.error("equation", "choose one of equation() and atequations");
        }
        return new Equations(one, options.has("atequations"));
    }

    private static Optional<Effects> effects(GivenOptions options) {
        boolean intervals = options.has("cieffects");
        boolean tests = options.has("pveffects");
        return options.has("effects") || intervals && tests ? Optional.of(Effects.ALL) : intervals ? Optional.of(Effects.CI)
                : tests ? Optional.of(Effects.PV) : Optional.empty();
    }

    /** Reads what follows the word pwcompare, from {@code rest} on. */
    PostestimationCommand pwcompare(int rest) {
        CommandParser.ContrastContext list = text.parser(rest, text.length()).contrast();
        GivenOptions options = GivenOptions.of(text, PWCOMPARE, list.optionList());
        List<ContrastTerm> terms = terms(list.contrastTerm());
        requirePlain(terms, list.start.getStartIndex());
        return pairwise(terms, options, options, equations(options), HypothesisReader.level(options));
    }

    private static Pwcompare pairwise(List<ContrastTerm> terms, GivenOptions options, GivenOptions whole, Equations equations,
                                      OptionalDouble level) {
        boolean margins = options.has("cimargins");
        boolean groups = options.has("groups");
        Effects effects = effects(options).orElse(margins || groups ? Effects.NONE : Effects.CI);
        return new Pwcompare(terms, effects, margins, groups, options.has("sort"), options.has("small"),
                adjustment(whole, OF_PAIRS), adjustAll(whole), equations, whole.has("post"), level);
    }

    private void requirePlain(List<ContrastTerm> terms, int at) {
        for (ContrastTerm t : terms) {
            boolean plain = t.within().isEmpty() && t.factors().stream().allMatch(f -> f.operator() == Operator.JOINT);
            if (!plain) {
                throw text.error(at, "pwcompare compares all levels with each other: write variables without"
                        + " operators, @ and |, as in pwcompare a a#b");
            }
        }
    }

    /** The contrasts of margins. */
    Contrast ofMargins(List<ContrastTerm> terms, GivenOptions margins, OptionalDouble level) {
        return contrast(terms, suboptions(margins, "contrast", WITHIN_CONTRAST), margins, Equations.first(), level);
    }

    /** {@code contrast(atcontrast(op))}. */
    Optional<ContrastFactor> atOperator(GivenOptions margins) {
        return suboptions(margins, "contrast", WITHIN_CONTRAST).read("atcontrast", CommandParser::contrastOperator)
                .map(c -> factor(c.NAME().getText(), c.start, Margins.AT));
    }

    /** The pairwise comparisons of margins. */
    Pwcompare pairsOfMargins(List<ContrastTerm> terms, GivenOptions margins, OptionalDouble level) {
        requirePlain(terms, 0);
        return pairwise(terms, suboptions(margins, "pwcompare", WITHIN_PWCOMPARE), margins, Equations.first(), level);
    }

    private GivenOptions suboptions(GivenOptions given, String option, OptionTable table) {
        GivenOptions options = new GivenOptions(text);
        given.text(option).filter(t -> !t.isBlank()).flatMap(t -> given.read(option, CommandParser::suboptions))
                .ifPresent(c -> c.option().forEach(o -> options.add(table, o)));
        return options;
    }

    /** {@code mcompare(bonferroni adjustall)}. */
    private static Adjustment adjustment(GivenOptions options, Choices choices) {
        return options.read("mcompare", CommandParser::adjustment).map(c -> ModelOptions.upper(Adjustment.class,
                choices.find(options.source(), c.method, "a method of mcompare()"))).orElse(Adjustment.NOADJUST);
    }

    private static boolean adjustAll(GivenOptions options) {
        Optional<Token> all = options.read("mcompare", CommandParser::adjustment).map(c -> c.all);
        all.ifPresent(word -> ALL_TERMS.find(options.source(), word, "what follows the method in mcompare()"));
        Adjustment method = adjustment(options, OF_PAIRS);
        if (all.isPresent() && method != Adjustment.BONFERRONI && method != Adjustment.SIDAK) {
            throw options.error("mcompare", "adjustall goes with bonferroni and sidak, whose adjustment depends on nothing but the"
                    + " number of comparisons");
        }
        return all.isPresent();
    }

    /** The terms of a list, {@code ##} expanded. */
    List<ContrastTerm> terms(List<CommandParser.ContrastTermContext> list) {
        LinkedHashSet<ContrastTerm> all = new LinkedHashSet<>();
        list.forEach(t -> all.addAll(expanded(t)));
        return List.copyOf(all);
    }

    /** {@code a##b} is a, b and a#b, each within what follows {@code @} or {@code |}. */
    private List<ContrastTerm> expanded(CommandParser.ContrastTermContext c) {
        List<ContrastFactor> within = c.within.stream().map(this::factor).toList();
        List<List<ContrastFactor>> products = new ArrayList<>();
        products.add(List.of(factor(c.first)));
        for (int i = 0; i < c.more.size(); i++) {
            ContrastFactor next = factor(c.more.get(i));
            List<List<ContrastFactor>> longer = new ArrayList<>();
            for (List<ContrastFactor> p : products) {
                List<ContrastFactor> product = new ArrayList<>(p);
                product.add(next);
                longer.add(product);
            }
            if (c.operators.get(i).getType() == CommandParser.HASHES) {
                products.add(List.of(next));
                products.addAll(longer);
            } else {
                products = longer;
            }
        }
        return products.stream().map(p -> new ContrastTerm(p, within, c.nested != null)).toList();
    }

    private ContrastFactor factor(CommandParser.ContrastFactorContext c) {
        if (!c.weights.isEmpty()) {
            return new ContrastFactor(c.variable.getText(), Operator.CUSTOM, false, OptionalDouble.empty(),
                    c.weights.stream().map(w -> Numbers.value(w.signedNumber())
                            / (w.NUMBER() == null ? 1 : Double.parseDouble(w.NUMBER().getText()))).toList());
        }
        return factor(c.operator == null ? "" : c.operator.getText(), c.start, c.variable.getText());
    }

    private ContrastFactor factor(String typed, Token at, String variable) {
        String digits = typed.startsWith("rb") ? typed.substring(2) : "";
        OptionalDouble base = digits.matches("[0-9]+") ? OptionalDouble.of(Double.parseDouble(digits))
                : OptionalDouble.empty();
        boolean weighted = WEIGHTED.contains(typed);
        Operator operator = base.isPresent() ? Operator.REFERENCE
                : OPERATORS.get(weighted ? typed.substring(0, 1) : typed);
        if (operator == null) {
            throw text.error(at, "unknown operator " + typed + ".; choose r., a., ar., g., h., j., p., q., gw., hw., jw., pw.,"
                    + " qw., rb#. or c.");
        }
        return new ContrastFactor(variable, operator, weighted, base, List.of());
    }
}

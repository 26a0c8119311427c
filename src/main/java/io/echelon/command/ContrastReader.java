package io.echelon.command;

import io.echelon.spec.Adjustment;
import io.echelon.spec.Contrast;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.ContrastTerm;
import io.echelon.spec.Contrast.Operator;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Pwcompare;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Reads the commands that contrast the levels of factors: contrast, pwcompare. */
final class ContrastReader {
    private static final OptionTable CONTRAST = OptionTable.of("contrast", "eff:ects", "ci:effects", "pv:effects",
            "noeff:ects", "nowald", "small", "mcomp:are(method)", "l:evel(#)");
    private static final OptionTable PWCOMPARE = OptionTable.of("pwcompare", "eff:ects", "ci:effects", "pv:effects", "small",
            "mcomp:are(method)", "l:evel(#)");
    private static final Choices OF_CONTRASTS = Choices.of("noadj:ust", "bon:ferroni", "sid:ak", "sch:effe", "h:olm");
    private static final Choices OF_PAIRS = Choices.of("noadj:ust", "bon:ferroni", "sid:ak", "sch:effe", "tuk:ey", "h:olm");
    private static final Map<String, Operator> OPERATORS = Map.ofEntries(Map.entry("", Operator.JOINT),
            Map.entry("i", Operator.JOINT), Map.entry("r", Operator.REFERENCE), Map.entry("a", Operator.ADJACENT),
            Map.entry("ar", Operator.REVERSE_ADJACENT), Map.entry("g", Operator.GRAND_MEAN),
            Map.entry("h", Operator.HELMERT), Map.entry("j", Operator.REVERSE_HELMERT),
            Map.entry("p", Operator.POLYNOMIAL), Map.entry("q", Operator.POLYNOMIAL_IN_NUMBERS),
            Map.entry("c", Operator.CONTINUOUS));

    private final CommandText text;
    private final CommandParser.ContrastContext list;

    /** Reads what follows the leading words, from {@code rest} on. */
    ContrastReader(CommandText text, int rest) {
        this.text = text;
        this.list = text.parser(rest, text.length()).contrast();
    }

    PostestimationCommand contrast() {
        GivenOptions options = GivenOptions.of(text, CONTRAST, list.optionList());
        boolean effects = options.has("effects") || options.has("cieffects") || options.has("pveffects");
        return new Contrast(terms(), effects, options.has("noeffects"), options.has("nowald"), options.has("small"),
                adjustment(options, OF_CONTRASTS), HypothesisReader.level(options));
    }

    PostestimationCommand pwcompare() {
        GivenOptions options = GivenOptions.of(text, PWCOMPARE, list.optionList());
        List<ContrastTerm> terms = terms();
        for (ContrastTerm t : terms) {
            boolean plain = t.within().isEmpty() && t.factors().stream().allMatch(f -> f.operator() == Operator.JOINT);
            if (!plain) {
                throw text.error(list.start, "pwcompare compares all levels with each other: write variables without"
                        + " operators and @, as in pwcompare a a#b");
            }
        }
        boolean all = options.has("effects");
        return new Pwcompare(terms, all || options.has("pveffects"), all || !options.has("pveffects"), options.has("small"),
                adjustment(options, OF_PAIRS), HypothesisReader.level(options));
    }

    private static Adjustment adjustment(GivenOptions options, Choices choices) {
        return options.choice("mcompare", choices).map(m -> ModelOptions.upper(Adjustment.class, m))
                .orElse(Adjustment.NOADJUST);
    }

    private List<ContrastTerm> terms() {
        LinkedHashSet<ContrastTerm> all = new LinkedHashSet<>();
        list.contrastTerm().forEach(t -> all.addAll(expanded(t)));
        return List.copyOf(all);
    }

    /** {@code a##b} is a, b and a#b, each within what follows {@code @}. */
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
        return products.stream().map(p -> new ContrastTerm(p, within)).toList();
    }

    private ContrastFactor factor(CommandParser.ContrastFactorContext c) {
        String typed = c.operator == null ? "" : c.operator.getText();
        String digits = typed.startsWith("rb") ? typed.substring(2) : "";
        OptionalDouble base = digits.matches("[0-9]+") ? OptionalDouble.of(Double.parseDouble(digits))
                : OptionalDouble.empty();
        Operator operator = base.isPresent() ? Operator.REFERENCE : OPERATORS.get(typed);
        if (operator == null) {
            throw text.error(c.start, "unknown operator " + typed + ".; choose r., a., ar., g., h., j., p., q., rb#. or c.");
        }
        return new ContrastFactor(c.variable.getText(), operator, base);
    }
}

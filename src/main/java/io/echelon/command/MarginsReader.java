package io.echelon.command;

import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.ContrastTerm;
import io.echelon.spec.Expression;
import io.echelon.spec.Margins;
import io.echelon.spec.Nlcom;
import io.echelon.spec.Subset;
import io.echelon.spec.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads {@code margins [marginlist] [if] [in] [, options]}. */
final class MarginsReader {
    private static final OptionTable OPTIONS = OptionTable.of("margins", "at(atspec)", "atm:eans", "asbal:anced",
            "dydx(varlist)", "eyex(varlist)", "dyex(varlist)", "eydx(varlist)", "over(varlist)", "subpop(if exp)",
            "pr:edict(pred_opt)", "exp:ression(exp)", "l:evel(#)", "contr:ast[(suboptions)]", "pwcomp:are[(suboptions)]", "mcomp:are(method)",
            "noestimcheck", "post", "vsquish", "noatl:egend", "vce(delta)");
    private static final Choices STATISTICS = Choices.of("mean", "median", "min", "max", "zero", "asobs:erved",
            "asbal:anced");
    private static final Choices FUNCTIONS = Choices.of("gen:erate");
    private static final Pattern PERCENTILE = Pattern.compile("p([1-9][0-9]?)");
    private static final Choices VARIANCES = Choices.of("delta", "unconditional");
    /** A marginlist with an operator of contrasts, or with levels within which contrasts are taken. */
    private static final Pattern CONTRASTED = Pattern.compile(
            "^(?:(?!\\b(?:if|in)\\b)[^,\\[])*?(@|\\||\\{|(?<![\\p{L}\\p{Nd}_])(r|rb[0-9]+|a|ar|[ghjpq]w?)\\s*\\.\\s*[\\p{L}_])");
    private static final int MOST_VALUES = 10_000;

    private final CommandText text;
    private final List<CommandParser.QualifierContext> qualifiers;
    private final List<Term> terms;
    private final List<ContrastTerm> contrasted;
    private final GivenOptions options;
    private final List<List<Margins.Setting>> at = new ArrayList<>();

    /** Reads what follows the word margins, from {@code rest} on. */
    MarginsReader(CommandText text, int rest) {
        this.text = text;
        options = new GivenOptions(text);
        if (CONTRASTED.matcher(text.slice(rest, text.length())).find()) {
            CommandParser.MarginsContrastContext c = text.parser(rest, text.length()).marginsContrast();
            contrasted = new ContrastReader(text).terms(c.contrastTerm());
            terms = List.of();
            qualifiers = c.qualifier();
            add(c.optionList());
        } else {
            CommandParser.MarginsContext c = text.parser(rest, text.length()).margins();
            contrasted = List.of();
            terms = new VariableListReader(text).terms(c.term());
            qualifiers = c.qualifier();
            add(c.optionList());
        }
    }

    private void add(CommandParser.OptionListContext list) {
        if (list != null) {
            for (CommandParser.OptionContext o : list.option()) {
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
        OptionalDouble level = options.number("level", 10, 99.99).map(OptionalDouble::of).orElse(OptionalDouble.empty());
        if (options.choice("vce", VARIANCES).filter("unconditional"::equals).isPresent()) {
            throw options.error("vce", "vce(unconditional) is not available: margins takes the covariates as given, which is"
                    + " vce(delta)");
        }
        boolean pairs = options.has("pwcompare");
        if (pairs && (options.has("contrast") || !contrasted.isEmpty())) {
            throw options.error("pwcompare", "choose one of contrasts and pairwise comparisons: leave operators and contrast out,"
                    + " or pwcompare");
        }
        ContrastReader reader = new ContrastReader(text);
        boolean contrast = options.has("contrast") || !contrasted.isEmpty();
        if (options.has("mcompare") && !pairs && !contrast) {
            throw options.error("mcompare", "mcompare() goes with contrasts and pairwise comparisons; add contrast or pwcompare");
        }
        return new Margins(terms, new Qualifiers(text, qualifiers).subset(qualifiers), subpop(), at, options.has("atmeans"),
                options.has("asbalanced"), columns("over"), effect(), prediction(), expression(),
                contrast ? Optional.of(reader.ofMargins(comparable(), options, level)) : Optional.empty(),
                pairs ? Optional.of(reader.pairsOfMargins(comparable(), options, level)) : Optional.empty(),
                contrast ? reader.atOperator(options) : Optional.empty(), options.has("noestimcheck"), legend(), options.has("post"),
                level);
    }

    private Margins.Legend legend() {
        return options.has("noatlegend") ? Margins.Legend.NONE
                : options.has("vsquish") ? Margins.Legend.DENSE : Margins.Legend.SPACED;
    }

    /** The terms of the marginlist as terms of contrasts; those with operators are. */
    private List<ContrastTerm> comparable() {
        return !contrasted.isEmpty() ? contrasted : terms.stream().map(t -> new ContrastTerm(t.factors().stream()
                .map(f -> ContrastFactor.of(f.variable())).toList(), List.of())).toList();
    }

    private Optional<Subset> subpop() {
        return options.read("subpop", CommandParser::subpopulation).map(c -> {
            if (c.NAME() != null) {
                return new Subset(Optional.of(new Expression.Binary("!=", new Expression.Name(c.NAME().getText()),
                        new Expression.Number(0))), Optional.empty());
            }
            return new Qualifiers(text, List.of(c.qualifier())).subset(List.of(c.qualifier()));
        });
    }

    private Margins.Prediction prediction() {
        String typed = options.text("predict").orElse("");
        return options.read("predict", CommandParser::suboptions).map(c -> new PredictReader(text, c.option()).prediction(typed))
                .orElse(new Margins.Prediction(Optional.empty(), Optional.empty(), Optional.empty(), false, typed));
    }

    private Optional<Nlcom.Function> expression() {
        if (!options.has("expression")) {
            return Optional.empty();
        }
        if (options.has("predict")) {
            throw options.error("expression", "predictions of expression() are written in it: leave predict() out, as in"
                    + " expression(exp(predict(xb)))");
        }
        return options.read("expression", CommandParser::soleExpression).map(c -> new Nlcom.Function(Optional.empty(),
                new ExpressionReader(text).read(c.expression()), options.text("expression").orElse("")));
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
        return given.stream().findFirst().map(d -> new Margins.Effect(d,
                options.read(option(d), CommandParser::factorList).orElseThrow().factor().stream().map(this::variable).toList()));
    }

    /** The variable of {@code x}, {@code i.a} or {@code c.x}; whether it is a factor variable the model knows. */
    private String variable(CommandParser.FactorContext factor) {
        if (factor.prefix() != null && !factor.prefix().getText().matches("[ic]\\.")) {
            throw text.error(factor.start, "effects are of variables, as in dydx(x i.a); those of a factor variable are of all"
                    + " its levels");
        }
        return factor.columns().getText();
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
                statistic = Optional.of(PERCENTILE.matcher(item.statistic.getText()).matches() ? item.statistic.getText()
                        : STATISTICS.find(text, item.statistic, "a statistic of at()"));
                continue;
            }
            String variable = item.columns().getText();
            if (item.function != null) {
                FUNCTIONS.find(text, item.function, "a function of at()");
                settings.add(new Margins.Setting(List.of(variable), Optional.empty(), List.of(), Optional.of(new Nlcom.Function(
                        Optional.empty(), new ExpressionReader(text).read(item.expression()), typed(item.expression())))));
            } else if (item.ASSIGN() != null) {
                List<Double> values = item.signedNumber() != null ? List.of(Numbers.value(item.signedNumber()))
                        : values(item.numberStep());
                settings.add(new Margins.Setting(List.of(variable), Optional.empty(), values, Optional.empty()));
            } else if (statistic.isPresent()) {
                settings.add(new Margins.Setting(List.of(variable), statistic, List.of(), Optional.empty()));
            } else {
                throw text.error(item.start, "at() gives " + variable + " no value; write " + variable + "=1, " + variable
                        + "=(1(1)5), (mean) " + variable + " or " + variable + "=generate(" + variable + "+1)");
            }
        }
        return settings;
    }

    private String typed(CommandParser.ExpressionContext expression) {
        return text.slice(expression.start.getStartIndex(), expression.stop.getStopIndex() + 1).strip();
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

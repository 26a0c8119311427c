package io.echelon.command;

import io.echelon.error.Spelling;
import io.echelon.spec.CommandName;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.antlr.v4.runtime.Token;

/**
 * A command by its leading word or words.
 *
 * @param words    full words: {@code mixed}, {@code estimates store}
 * @param minimum  length of the shortest abbreviation of each word
 * @param reader   reads the rest of the command
 */
record Verb(List<String> words, List<Integer> minimum, Reader reader) {
    /** Reads a command that begins at {@code start} and goes on after its leading words at {@code rest}. */
    interface Reader {
        Statement read(CommandText text, int start, int rest);
    }

    /** All commands; where one abbreviation fits two, the first one is meant. */
    static final List<Verb> ALL = all();

    private static List<Verb> all() {
        List<Verb> verbs = new ArrayList<>();
        for (CommandName command : CommandName.values()) {
            verbs.add(of(command.text(),
                    (t, s, r) -> ReplayReader.read(t, command, s, r)));
        }
        verbs.addAll(List.of(
                of("g:enerate", (t, s, r) -> new PreparationReader(t, s, r).generate()),
                of("replace", (t, s, r) -> new PreparationReader(t, s, r).replace()),
                of("egen", (t, s, r) -> new PreparationReader(t, s, r).egen()),
                of("ta:bulate", (t, s, r) -> new PreparationReader(t, s, r).tabulate()),
                of("keep", (t, s, r) -> new PreparationReader(t, s, r).select(Statement.Selection.KEEP)),
                of("drop", (t, s, r) -> new PreparationReader(t, s, r).select(Statement.Selection.DROP)),
                of("mkmat", (t, s, r) -> new PreparationReader(t, s, r).mkmat()),
                of("cons:traint", (t, s, r) -> new ConstraintReader(t).read(s, r)),
                of("mat:rix", (t, s, r) -> new MatrixReader(t).read(s, r)),
                of("stset", (t, s, r) -> new StsetReader(t).read(s, r)),
                of("qui:etly", CommandReader::quietly),
                of("est:imates sto:re", (t, s, r) -> new Statement.EstimatesStore(t.slice(s, t.length()), name(t, r))),
                of("est:imates res:tore",
                        (t, s, r) -> new Statement.EstimatesRestore(t.slice(s, t.length()), name(t, r)))));
        verbs.addAll(List.of(
                of("rvfplot", (t, s, r) -> new PlotReader(t, s, r).residualsAgainstFitted()),
                of("qnorm", (t, s, r) -> new PlotReader(t, s, r).normalQuantiles()),
                of("marginsplot", (t, s, r) -> new PlotReader(t, s, r).margins()),
                of("gr:aph cat:erpillar", (t, s, r) -> new PlotReader(t, s, r).caterpillar()),
                of("gr:aph fit:ted", (t, s, r) -> new PlotReader(t, s, r).fittedLines()),
                of("gr:aph iter:ations", (t, s, r) -> new PlotReader(t, s, r).iterationPath()),
                of("gr:aph mat:rix", (t, s, r) -> new PlotReader(t, s, r).matrix()),
                postestimation("lrtest", (t, r) -> new ComparisonReader(t, r).lrtest()),
                postestimation("pred:ict", (t, r) -> new PredictReader(t, r).read()),
                postestimation("margins", (t, r) -> new MarginsReader(t, r).read()),
                postestimation("est:imates tab:le", (t, r) -> new ComparisonReader(t, r).table()),
                of("est:imates drop", (t, s, r) -> new Statement.EstimatesDrop(t.slice(s, t.length()),
                        new ComparisonReader(t, r).dropped())),
                postestimation("est:imates dir", (t, r) -> new ComparisonReader(t, r).directory()),
                postestimation("est:imates rep:lay", (t, r) -> new ComparisonReader(t, r).replay()),
                postestimation("est:imates stat:s", (t, r) -> new ComparisonReader(t, r).stats()),
                postestimation("te:st", (t, r) -> new HypothesisReader(t, r).test()),
                postestimation("testparm", (t, r) -> new HypothesisReader(t, r).testparm()),
                postestimation("lincom", (t, r) -> new HypothesisReader(t, r).lincom()),
                postestimation("nlcom", (t, r) -> new HypothesisReader(t, r).nlcom()),
                postestimation("contrast", (t, r) -> new ContrastReader(t).contrast(r)),
                postestimation("pwcomp:are", (t, r) -> new ContrastReader(t).pwcompare(r)),
                postestimation("estat icc", (t, r) -> new EstatReader(t, r).icc()),
                postestimation("estat gr:oup", (t, r) -> new EstatReader(t, r).group()),
                postestimation("estat sd", (t, r) -> new EstatReader(t, r).sd()),
                postestimation("estat recov:ariance", (t, r) -> new EstatReader(t, r).recovariance()),
                postestimation("estat wcor:relation", (t, r) -> new EstatReader(t, r).wcorrelation()),
                postestimation("estat ic", (t, r) -> new EstatReader(t, r).ic()),
                postestimation("estat vce", (t, r) -> new EstatReader(t, r).vce()),
                postestimation("estat su:mmarize", (t, r) -> new EstatReader(t, r).summarize()),
                postestimation("estat df", (t, r) -> new EstatReader(t, r).df()),
                postestimation("estat quad:rature", (t, r) -> new EstatReader(t, r).quadrature())));
        return List.copyOf(verbs);
    }

    private static Verb of(String notation, Reader reader) {
        List<String> parts = List.of(notation.split(" "));
        return new Verb(parts.stream().map(p -> p.replace(":", "")).toList(),
                parts.stream().map(p -> p.indexOf(':') < 0 ? p.length() : p.indexOf(':')).toList(), reader);
    }

    /** A command on results; {@code reader} reads what follows its leading words, from the given offset on. */
    private static Verb postestimation(String notation, BiFunction<CommandText, Integer, PostestimationCommand> reader) {
        return of(notation, (t, s, r) -> new Statement.Postestimation(t.slice(s, t.length()), reader.apply(t, r)));
    }

    private static String name(CommandText text, int rest) {
        return text.parser(rest, text.length()).storedName().start.getText();
    }

    /** The command that the words begin with. */
    static Verb find(CommandText text, List<Token> typed) {
        return ALL.stream().filter(v -> v.exact(typed)).findFirst()
                .or(() -> ALL.stream().filter(v -> v.matches(typed)).findFirst())
                .orElseThrow(() -> unknown(text, typed));
    }

    String name() {
        return String.join(" ", words);
    }

    private boolean exact(List<Token> typed) {
        return typed.size() >= words.size()
                && Stream.iterate(0, i -> i < words.size(), i -> i + 1).allMatch(i -> words.get(i).equals(typed.get(i).getText()));
    }

    private boolean matches(List<Token> typed) {
        if (typed.size() < words.size()) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            String word = typed.get(i).getText();
            if (word.length() < minimum.get(i) || !words.get(i).startsWith(word)) {
                return false;
            }
        }
        return true;
    }

    private static RuntimeException unknown(CommandText text, List<Token> typed) {
        Token first = typed.get(0);
        if (first.getText().matches("by(s|so|sor|sort)?")) {
            return text.error(first, "the prefix " + first.getText()
                    + " is not available; egen computes by groups with its option by()");
        }
        List<Verb> family = ALL.stream().filter(v -> v.words.size() > 1 && first.getText().length() >= v.minimum.get(0)
                && v.words.get(0).startsWith(first.getText())).toList();
        if (!family.isEmpty()) {
            String second = typed.size() > 1 ? typed.get(1).getText() : "";
            List<String> seconds = family.stream().map(v -> v.words.get(1)).toList();
            Token at = typed.get(Math.min(1, typed.size() - 1));
            return text.error(at, "expected " + first.getText() + " followed by one of " + String.join(", ", seconds)
                    + (second.isEmpty() ? "" : Spelling.hint(second, seconds)));
        }
        return text.error(first, "unknown command " + first.getText()
                + Spelling.hint(first.getText(), ALL.stream().map(Verb::name).toList()));
    }
}

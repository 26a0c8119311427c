package io.echelon.cli;

import io.echelon.command.CommandWords;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes the first word as a command, words after a comma as options of that command, others as variables. */
final class PromptCompleter implements Completer {
    private final Supplier<List<String>> variables;

    PromptCompleter(Supplier<List<String>> variables) {
        this.variables = variables;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        words(line).forEach(word -> candidates.add(
                new Candidate(word, word, null, null, null, null, !word.endsWith("("))));
    }

    private Stream<String> words(ParsedLine line) {
        if (line.wordIndex() == 0) {
            return CommandWords.commands().stream();
        }
        if (line.line().substring(0, line.cursor()).contains(",")) {
            String command = line.words().get(0);
            return Stream.concat(CommandWords.options(command).stream().map(PromptCompleter::typed),
                    variables.get().stream());
        }
        return variables.get().stream();
    }

    /** What is typed of an option written {@code covariance(vartype)}: its name and an opening parenthesis. */
    private static String typed(String option) {
        int parenthesis = option.indexOf('(');
        return parenthesis < 0 ? option : option.substring(0, parenthesis + 1);
    }
}

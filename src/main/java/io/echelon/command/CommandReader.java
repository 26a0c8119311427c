package io.echelon.command;

import io.echelon.error.EchelonException;
import io.echelon.spec.Expression;
import io.echelon.spec.Statement;
import java.util.List;
import org.antlr.v4.runtime.Token;

/**
 * Reads commands in Stata's language. A mistake is an {@link EchelonException} that shows the command with a caret under
 * the place and says what was expected.
 */
public final class CommandReader {
    private CommandReader() {}

    /** One command, which may run over several lines. */
    public static Statement read(String command) {
        CommandText text = new CommandText(command);
        if (text.words().isEmpty()) {
            throw EchelonException.misuse("the command is empty; expected one such as mixed y x || id:");
        }
        return statement(text, 0);
    }

    /**
     * The commands of a script, one a line. A line goes on on the next one after {@code ///}, and where the next one begins
     * with {@code ||} or a comma; comments and empty lines are left out.
     */
    public static List<Statement> readAll(String script) {
        return Comments.commands(script).stream().map(CommandReader::read).toList();
    }

    /** An expression, as on the right of {@code generate x =}. */
    public static Expression readExpression(String expression) {
        CommandText text = new CommandText(expression);
        return new ExpressionReader(text).read(text.parser(0, text.length()).soleExpression().expression());
    }

    static Statement quietly(CommandText text, int start, int rest) {
        List<Token> words = text.words().stream().filter(w -> w.getStartIndex() >= rest).toList();
        boolean colon = !words.isEmpty() && words.get(0).getType() == CommandLexer.COLON;
        Statement inner = statement(text, colon ? words.get(0).getStopIndex() + 1 : rest);
        return new Statement.Quietly(text.slice(start, text.length()), inner);
    }

    private static Statement statement(CommandText text, int from) {
        List<Token> words = text.words().stream().filter(w -> w.getStartIndex() >= from).toList();
        if (words.isEmpty()) {
            throw text.error(text.length(), "the command ends here; expected a command");
        }
        if (words.get(0).getType() != CommandLexer.NAME) {
            throw text.error(words.get(0), "found " + Expectation.quoted(words.get(0).getText())
                    + "; expected a command, such as mixed y x || id:");
        }
        Verb verb = Verb.find(text, words);
        Token last = words.get(verb.words().size() - 1);
        return verb.reader().read(text, words.get(0).getStartIndex(), last.getStopIndex() + 1);
    }
}

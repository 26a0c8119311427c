package io.echelon.command;

import io.echelon.error.EchelonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Says in the user's words what stands where something else was expected. */
final class Expectation extends DefaultErrorStrategy {
    private static final Set<Integer> OPERATORS = Set.of(CommandParser.PLUS, CommandParser.MINUS, CommandParser.STAR,
            CommandParser.SLASH, CommandParser.CARET, CommandParser.AND, CommandParser.OR, CommandParser.EQUAL,
            CommandParser.UNEQUAL, CommandParser.LT, CommandParser.LE, CommandParser.GT, CommandParser.GE);
    /** Rules within an expression, where a name is one kind of operand. */
    private static final Set<Integer> CALCULATIONS = Set.of(CommandParser.RULE_expression, CommandParser.RULE_linear,
            CommandParser.RULE_matrixExpression, CommandParser.RULE_row, CommandParser.RULE_soleExpression);
    /** Rules of variable lists, where operators only join names to patterns, ranges and interactions. */
    private static final Set<Integer> LISTS = Set.of(CommandParser.RULE_fixedEquation, CommandParser.RULE_term,
            CommandParser.RULE_operand, CommandParser.RULE_factor, CommandParser.RULE_columns,
            CommandParser.RULE_pattern, CommandParser.RULE_prefix, CommandParser.RULE_columnList,
            CommandParser.RULE_select, CommandParser.RULE_mkmat, CommandParser.RULE_predict);

    private final CommandText text;
    private final boolean inParentheses;
    /** What could follow the last word read, and the rule that read it; asked before rules are left one by one. */
    private IntervalSet following = new IntervalSet();
    private int rule;
    private int position = -1;

    /** For a parser of a whole command, or of what stands in the parentheses of an option. */
    Expectation(CommandText text, boolean inParentheses) {
        this.text = text;
        this.inParentheses = inParentheses;
    }

    @Override
    public void sync(Parser parser) {
        if (parser.getInputStream().index() != position) {
            position = parser.getInputStream().index();
            following = parser.getExpectedTokens();
            rule = parser.getRuleContext().getRuleIndex();
        }
        super.sync(parser);
    }

    @Override
    public void reportError(Parser parser, RecognitionException error) {
        throw unexpected(parser, error.getOffendingToken());
    }

    @Override
    protected void reportUnwantedToken(Parser parser) {
        throw unexpected(parser, parser.getCurrentToken());
    }

    @Override
    protected void reportMissingToken(Parser parser) {
        throw unexpected(parser, parser.getCurrentToken());
    }

    private EchelonException unexpected(Parser parser, Token found) {
        IntervalSet expected = parser.getExpectedTokens();
        int within = parser.getRuleContext().getRuleIndex();
        if (position == found.getTokenIndex()) {
            expected = expected.or(following);
            within = rule;
        }
        StringBuilder sentence = new StringBuilder(found(found)).append("; expected ").append(words(expected, within));
        hint(found, expected, within).ifPresent(h -> sentence.append(" (").append(h).append(')'));
        return text.error(found, sentence.toString());
    }

    private String found(Token found) {
        if (found.getType() != Token.EOF) {
            return "found " + quoted(found.getText());
        }
        return inParentheses ? "nothing more before \")\"" : "the command ends here";
    }

    private static Optional<String> hint(Token found, IntervalSet expected, int rule) {
        String hint = switch (found.getType()) {
            case CommandParser.ASSIGN -> expected.contains(CommandParser.EQUAL) ? "== compares" : null;
            case CommandParser.EQUAL -> expected.contains(CommandParser.ASSIGN) ? "= gives a value, == compares" : null;
            case CommandParser.OR -> expected.contains(CommandParser.BARS) ? "|| begins a level" : null;
            case CommandParser.AND -> rule == CommandParser.RULE_expression ? "a single & means and" : null;
            case CommandParser.IF, CommandParser.IN, CommandParser.LBRACK -> expected.contains(CommandParser.BARS)
                    ? "if, in and weights stand before the first ||" : null;
            default -> null;
        };
        return Optional.ofNullable(hint);
    }

    private String words(IntervalSet expected, int rule) {
        List<String> words = new ArrayList<>();
        if (rule == CommandParser.RULE_level && expected.contains(CommandParser.COLON)) {
            return "a colon after the level variable, as in || id:";
        }
        boolean name = expected.contains(CommandParser.NAME);
        if (name) {
            words.add(nameWord(rule));
        } else if (expected.contains(CommandParser.NUMBER)) {
            words.add("a number");
        }
        boolean list = LISTS.contains(rule);
        if (!list && OPERATORS.stream().filter(expected::contains).count() > 2 && !name) {
            words.add("an operator");
        }
        add(words, expected, CommandParser.ASSIGN, "=");
        add(words, expected, CommandParser.LPAREN, name ? null : "(");
        add(words, expected, CommandParser.RPAREN, ")");
        add(words, expected, CommandParser.RBRACK, "]");
        add(words, expected, CommandParser.IF, "if");
        add(words, expected, CommandParser.IN, "in");
        add(words, expected, CommandParser.LBRACK, expected.contains(CommandParser.IF) ? "a weight in [ ]" : null);
        add(words, expected, CommandParser.COLON, ":");
        add(words, expected, CommandParser.COMMA, expected.contains(CommandParser.RPAREN) || rule == CommandParser.RULE_row
                ? "a comma" : "a comma and options");
        add(words, expected, CommandParser.BACKSLASH, "\\");
        add(words, expected, CommandParser.BARS, "||");
        add(words, expected, CommandParser.DOT, name ? null : "a dot");
        add(words, expected, Token.EOF, inParentheses ? "nothing more" : "the end");
        if (words.isEmpty()) {
            return "something else";
        }
        if (words.size() == 1) {
            return words.get(0);
        }
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
    }

    private static void add(List<String> words, IntervalSet expected, int type, String word) {
        if (word != null && expected.contains(type)) {
            words.add(word);
        }
    }

    private static String nameWord(int rule) {
        if (CALCULATIONS.contains(rule)) {
            return "a name, a number or a function";
        }
        return switch (rule) {
            case CommandParser.RULE_optionList, CommandParser.RULE_option -> "an option";
            case CommandParser.RULE_generate, CommandParser.RULE_replace, CommandParser.RULE_egen,
                 CommandParser.RULE_matrix, CommandParser.RULE_storedName, CommandParser.RULE_storedNames, CommandParser.RULE_predict -> "a name";
            case CommandParser.RULE_level -> "a level variable";
            case CommandParser.RULE_qualifier -> "a kind of weight";
            default -> "a variable";
        };
    }

    static String quoted(String word) {
        return word.startsWith("\"") ? word : "\"" + word + "\"";
    }
}

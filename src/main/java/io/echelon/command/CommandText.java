package io.echelon.command;

import io.echelon.error.EchelonException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;

/**
 * The text of one command with its words. Positions are offsets into the text as typed; comments are replaced by blanks
 * of the same length, so that every position stays true.
 */
final class CommandText {
    private static final Pattern BLANKS = Pattern.compile("\"[^\"]*\"|\\s+");
    private static final Map<Integer, Integer> CLOSING = Map.of(CommandLexer.LPAREN, CommandLexer.RPAREN,
            CommandLexer.LBRACK, CommandLexer.RBRACK);

    private final String typed;
    private final String plain;
    private final List<Token> words;

    /** The text as typed. */
    CommandText(String typed) {
        this.typed = typed;
        this.plain = Comments.blank(typed);
        CommandLexer lexer = new CommandLexer(CharStreams.fromString(plain));
        this.words = lexer.getAllTokens().stream().collect(Collectors.toUnmodifiableList());
        checkPairs();
    }

    /** The words, comments left out. */
    List<Token> words() {
        return words;
    }

    /** Length of the text. */
    int length() {
        return typed.length();
    }

    /** A parser of the words between two offsets. */
    CommandParser parser(int from, int to) {
        List<Token> slice = new ArrayList<>();
        for (Token t : words) {
            if (t.getStartIndex() >= from && t.getStopIndex() < to) {
                slice.add(new CommonToken(t));
            }
        }
        CommonToken end = new CommonToken(Token.EOF, "");
        end.setStartIndex(to);
        end.setStopIndex(to - 1);
        slice.add(end);
        CommandParser parser = new CommandParser(new CommonTokenStream(new ListTokenSource(slice)));
        parser.removeErrorListeners();
        parser.setErrorHandler(new Expectation(this, to < typed.length()));
        return parser;
    }

    /** The text between two offsets on one line, without comments and repeated blanks. */
    String slice(int from, int to) {
        return BLANKS.matcher(plain.substring(from, to))
                .replaceAll(m -> m.group().isBlank() ? " " : java.util.regex.Matcher.quoteReplacement(m.group()))
                .strip();
    }

    /** An error at an offset: the sentence, the line of the command, and a caret under the place. */
    EchelonException error(int offset, String sentence) {
        int at = Math.min(offset, typed.stripTrailing().length());
        int start = at == 0 ? 0 : typed.lastIndexOf('\n', at - 1) + 1;
        int end = typed.indexOf('\n', at);
        String line = typed.substring(start, end < 0 ? typed.length() : end).stripTrailing();
        String before = typed.substring(start, at).replaceAll("[^\t]", " ");
        return EchelonException.misuse(sentence + "\n  " + line + "\n  " + before + "^");
    }

    /** An error at a word. */
    EchelonException error(Token word, String sentence) {
        return error(word.getStartIndex(), sentence);
    }

    private void checkPairs() {
        Deque<Token> open = new ArrayDeque<>();
        for (Token t : words) {
            if (CLOSING.containsKey(t.getType())) {
                open.push(t);
            } else if (CLOSING.containsValue(t.getType())) {
                if (open.isEmpty()) {
                    throw error(t, "\"" + t.getText() + "\" closes nothing; take it away, or open it before");
                }
                Token opened = open.pop();
                if (CLOSING.get(opened.getType()) != t.getType()) {
                    throw error(t, "\"" + t.getText() + "\" cannot close \"" + opened.getText() + "\"");
                }
            } else if (t.getType() == CommandLexer.OTHER && t.getText().equals("\"")) {
                throw error(t, "this quotation mark is never closed");
            }
        }
        if (!open.isEmpty()) {
            Token t = open.pop();
            throw error(t, "\"" + t.getText() + "\" is never closed");
        }
    }
}

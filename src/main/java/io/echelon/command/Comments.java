package io.echelon.command;

import java.util.ArrayList;
import java.util.List;

/** Stata's comments: {@code * ...} at the start of a line, {@code // ...}, {@code /* ... *}{@code /}; {@code ///} joins lines. */
final class Comments {
    private Comments() {}

    /**
     * The text with every comment replaced by blanks, position by position. Line breaks stay, but for those in block comments
     * and after {@code ///}, which join lines.
     */
    static String blank(String text) {
        StringBuilder plain = new StringBuilder(text);
        boolean lineStart = true;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = i + 1;
            if (c == '"') {
                int close = text.indexOf('"', i + 1);
                end = close < 0 || close > lineEnd(text, i) ? i + 1 : close + 1;
            } else if (text.startsWith("/*", i)) {
                int close = text.indexOf("*/", i + 2);
                end = clear(plain, i, close < 0 ? text.length() : close + 2);
            } else if (text.startsWith("///", i) && afterBlank(text, i)) {
                end = clear(plain, i, Math.min(text.length(), lineEnd(text, i) + 1));
            } else if (c == '*' && lineStart || text.startsWith("//", i) && afterBlank(text, i)) {
                end = clear(plain, i, lineEnd(text, i));
            }
            lineStart = c == '\n' || lineStart && Character.isWhitespace(c);
            i = end;
        }
        return plain.toString();
    }

    /**
     * The commands of a script, one a line. A line goes on on the next one after {@code ///}, and where the next one begins
     * with {@code ||} or a comma. Lines without a command are left out.
     */
    static List<String> commands(String script) {
        String plain = blank(script);
        List<String> commands = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= plain.length(); at++) {
            if (at == plain.length() || plain.charAt(at) == '\n' && !goesOn(plain, at)) {
                if (!plain.substring(start, at).isBlank()) {
                    commands.add(script.substring(start, at));
                }
                start = at + 1;
            }
        }
        return commands;
    }

    private static boolean goesOn(String plain, int lineBreak) {
        String next = plain.substring(lineBreak + 1).stripLeading();
        return next.startsWith("||") || next.startsWith(",");
    }

    private static boolean afterBlank(String text, int at) {
        return at == 0 || Character.isWhitespace(text.charAt(at - 1));
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int clear(StringBuilder text, int from, int to) {
        text.replace(from, to, " ".repeat(to - from));
        return to;
    }
}

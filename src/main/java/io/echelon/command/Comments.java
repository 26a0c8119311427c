package io.echelon.command;

import java.util.ArrayList;
import java.util.List;

/** Stata's comments: {@code * ...} at the start of a line, {@code // ...}, {@code /* ... *}{@code /}; {@code ///} joins lines. */
final class Comments {
    private Comments() {}

    /** The text with every comment replaced by blanks; line breaks stay where they are. */
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
                end = close < 0 ? text.length() : close + 2;
                clear(plain, i, end);
            } else if (c == '*' && lineStart || text.startsWith("//", i) && opensComment(text, i)) {
                end = lineEnd(text, i);
                clear(plain, i, end);
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
        for (int at = 0; at <= script.length(); at++) {
            if (at == script.length() || script.charAt(at) == '\n' && !goesOn(script, plain, start, at)) {
                if (!plain.substring(start, at).isBlank()) {
                    commands.add(script.substring(start, at));
                }
                start = at + 1;
            }
        }
        return commands;
    }

    private static boolean goesOn(String script, String plain, int start, int lineBreak) {
        String next = plain.substring(lineBreak + 1).stripLeading();
        if (next.startsWith("||") || next.startsWith(",")) {
            return true;
        }
        int joint = script.indexOf("///", Math.max(start, script.lastIndexOf('\n', lineBreak - 1) + 1));
        return joint >= 0 && joint < lineBreak && plain.charAt(joint) == ' ' || insideComment(script, plain, lineBreak);
    }

    /** Whether a block comment runs over this line break. */
    private static boolean insideComment(String script, String plain, int lineBreak) {
        int open = script.lastIndexOf("/*", lineBreak);
        int close = script.indexOf("*/", Math.max(open, 0));
        return open >= 0 && plain.charAt(open) == ' ' && close > lineBreak;
    }

    private static boolean opensComment(String text, int at) {
        return at == 0 || Character.isWhitespace(text.charAt(at - 1));
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static void clear(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }
}

package io.echelon.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commands written without quotation marks. {@code - mixed y x || id: x} is a mapping to YAML because of its colon; here the
 * items below {@code commands:} that begin with a letter are put in quotation marks before YAML sees them, so that nobody
 * has to. Lines stay where they are.
 */
final class PlainCommands {
    private static final Pattern SECTION = Pattern.compile("commands\\s*:\\s*(#.*)?");
    private static final Pattern ITEM = Pattern.compile("(\\s*)-\\s+(?=\\p{L})");
    private static final Pattern COMMENT = Pattern.compile("\\s+#.*$");

    private PlainCommands() {}

    /** The text with quotation marks around the plain items of {@code commands:}. */
    static String quote(String text) {
        String[] lines = text.split("\n", -1);
        boolean inside = false;
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].stripTrailing();
            if (!line.isEmpty() && Character.isLetter(line.charAt(0))) {
                inside = SECTION.matcher(line).matches();
            }
            Matcher item = ITEM.matcher(line);
            if (inside && item.lookingAt()) {
                int last = lastLine(lines, i, item.group(1).length());
                quote(lines, i, last, item.end());
                i = last;
            }
        }
        return String.join("\n", lines);
    }

    /** An item goes on over the lines that are indented further than its dash. */
    private static int lastLine(String[] lines, int first, int indent) {
        int last = first;
        while (last + 1 < lines.length && !lines[last + 1].isBlank() && indent(lines[last + 1]) > indent) {
            last++;
        }
        return last;
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private static void quote(String[] lines, int first, int last, int start) {
        for (int i = first; i <= last; i++) {
            int from = i == first ? start : 0;
            String item = COMMENT.matcher(lines[i].substring(from).stripTrailing()).replaceFirst("").replace("'", "''");
            lines[i] = (i == first ? lines[i].substring(0, start) + "'" : "") + item + (i == last ? "'" : "");
        }
    }
}

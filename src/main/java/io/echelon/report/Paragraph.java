package io.echelon.report;

import java.util.ArrayList;
import java.util.List;

/** Running text. */
final class Paragraph {
    private static final int WIDTH = 78;

    private Paragraph() {}

    /** Text broken at blanks where it would be wider than the tables, the lines after the first indented under its title. */
    static List<String> of(String title, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(title);
        boolean fresh = true;
        for (String word : text.split(" ")) {
            if (!fresh && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ".repeat(title.length()));
                fresh = true;
            }
            line.append(fresh ? "" : " ").append(word);
            fresh = false;
        }
        lines.add(line.toString());
        return lines;
    }
}

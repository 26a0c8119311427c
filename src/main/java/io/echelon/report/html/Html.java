package io.echelon.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of an HTML page. Texts are escaped where they are written and nowhere else, so that what a user typed is never
 * taken for markup.
 */
sealed interface Html {
    /** Writes the markup. */
    void write(StringBuilder out);

    /** A text as the reader sees it. */
    record Text(String text) implements Html {
        @Override
        public void write(StringBuilder out) {
            escape(text, out);
        }
    }

    /** Markup that was made by a writer of its own: a picture, a style sheet. */
    record Markup(String markup) implements Html {
        @Override
        public void write(StringBuilder out) {
            out.append(markup);
        }
    }

    /** An element with attributes and children. */
    record Element(String name, Map<String, String> attributes, List<Html> children) implements Html {
        private static final List<String> EMPTY = List.of("meta", "br", "hr", "col");

        /** With another attribute. */
        Element with(String attribute, String value) {
            Map<String, String> more = new LinkedHashMap<>(attributes);
            more.put(attribute, value);
            return new Element(name, more, children);
        }

        @Override
        public void write(StringBuilder out) {
            out.append('<').append(name);
            attributes.forEach((attribute, value) -> {
                out.append(' ').append(attribute).append("=\"");
                escape(value, out);
                out.append('"');
            });
            out.append('>');
            if (!EMPTY.contains(name)) {
                children.forEach(c -> c.write(out));
                out.append("</").append(name).append('>');
            }
        }
    }

    /** An element; children are pieces, texts, or lists of these. */
    static Element of(String name, Object... children) {
        List<Html> pieces = new ArrayList<>();
        for (Object child : children) {
            add(pieces, child);
        }
        return new Element(name, Map.of(), pieces);
    }

    private static void add(List<Html> pieces, Object child) {
        if (child instanceof Html h) {
            pieces.add(h);
        } else if (child instanceof Iterable<?> several) {
            several.forEach(c -> add(pieces, c));
        } else {
            pieces.add(new Text(String.valueOf(child)));
        }
    }

    private static void escape(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }
}

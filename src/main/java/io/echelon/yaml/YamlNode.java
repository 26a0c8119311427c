package io.echelon.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.echelon.error.EchelonException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A part of a YAML file that knows its line, from 1. */
sealed interface YamlNode {
    int line();

    /** In the user's words: {@code a list}. */
    String kind();

    /** {@code key: value} pairs in the order of the file. */
    record Mapping(int line, Map<String, Entry> entries) implements YamlNode {
        /** A value with the line of its key. */
        record Entry(int line, YamlNode value) {}

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** {@code - item} lines. */
    record Sequence(int line, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A text, number or truth value, as written. */
    record Scalar(int line, String text) implements YamlNode {
        /** Letters of it that a message repeats. */
        private static final int SHOWN = 40;

        @Override
        public String kind() {
            String first = text.lines().findFirst().orElse("").strip();
            return "the text \"" + (first.length() > SHOWN ? first.substring(0, SHOWN) + "..." : first) + "\"";
        }
    }

    /** Nothing: a key without a value. */
    record Nothing(int line) implements YamlNode {
        @Override
        public String kind() {
            return "nothing";
        }
    }

    /** The one document in a text; {@code name} is that of the file, for messages. */
    static YamlNode parse(String text, String name) {
        try (JsonParser parser = new YAMLFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                throw EchelonException.misuse(name + " is empty; expected data: and commands:");
            }
            YamlNode node = node(parser, name);
            if (parser.nextToken() != null) {
                throw EchelonException.misuse(name + ":" + line(parser) + ": a job is one document; take away what follows ---");
            }
            return node;
        } catch (JsonProcessingException e) {
            refuseTabs(text, name);
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new EchelonException(EchelonException.Kind.MISUSE, name + ":" + line + ": this is not YAML: "
                    + problem(e.getOriginalMessage()) + "; texts with a colon or a # need quotation marks, each command a dash", e);
        } catch (IOException e) {
            throw new EchelonException(EchelonException.Kind.FAILURE, "cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    /** What the parser says of the problem and of its context, without places and lines of the file. */
    private static String problem(String message) {
        return message.lines().filter(l -> !l.isBlank() && !l.startsWith(" ")).map(String::strip)
                .collect(Collectors.joining(", "));
    }

    /** YAML indents by blanks alone, and what its parser says of a tab does not name it. */
    private static void refuseTabs(String text, String name) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).matches(" *\t.*\\S.*")) {
                throw EchelonException.misuse(name + ":" + (i + 1) + ": the line begins with a tab; YAML indents by blanks");
            }
        }
    }

    private static YamlNode node(JsonParser parser, String name) throws IOException {
        int line = line(parser);
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, line, name);
            case START_ARRAY -> {
                List<YamlNode> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(node(parser, name));
                }
                yield new Sequence(line, items);
            }
            case VALUE_NULL -> new Nothing(line);
            default -> new Scalar(line, parser.getText());
        };
    }

    private static Mapping mapping(JsonParser parser, int line, String name) throws IOException {
        Map<String, Mapping.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line(parser);
            parser.nextToken();
            if (entries.put(key, new Mapping.Entry(keyLine, node(parser, name))) != null) {
                throw EchelonException.misuse(name + ":" + keyLine + ": key " + key + " is given twice");
            }
        }
        return new Mapping(line, entries);
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}

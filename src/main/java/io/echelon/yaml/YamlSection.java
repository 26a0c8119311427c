package io.echelon.yaml;

import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A mapping of a YAML file whose keys are known in advance; every error names the file, the line and the key. */
final class YamlSection {
    private final String file;
    private final String path;
    private final YamlNode.Mapping mapping;

    /** The mapping at a path of keys ({@code data}, or empty for the whole file), with the keys it may have. */
    YamlSection(String file, String path, YamlNode node, List<String> keys) {
        this.file = file;
        this.path = path;
        this.mapping = mapping(node, path.isEmpty() ? "the file" : path, keys);
        this.mapping.entries().forEach((key, entry) -> {
            if (!keys.contains(key)) {
                throw error(entry.line(), "unknown key " + qualified(key) + Spelling.hint(key, keys)
                        + (Spelling.nearest(key, keys).isPresent() ? " " : "; ") + "valid keys: "
                        + String.join(", ", keys));
            }
        });
    }

    private YamlNode.Mapping mapping(YamlNode node, String what, List<String> keys) {
        if (node instanceof YamlNode.Mapping m) {
            return m;
        }
        throw error(node.line(), what + " must be a mapping with the keys " + String.join(", ", keys) + ", not "
                + node.kind());
    }

    Optional<YamlNode> value(String key) {
        return Optional.ofNullable(mapping.entries().get(key)).map(YamlNode.Mapping.Entry::value);
    }

    YamlNode required(String key, String example) {
        return value(key).orElseThrow(() -> error(mapping.line(), "key " + qualified(key) + " is missing; expected "
                + example));
    }

    Optional<YamlSection> section(String key, List<String> keys) {
        return value(key).map(node -> new YamlSection(file, qualified(key), node, keys));
    }

    /** A text; numbers and truth values count as they are written. */
    Optional<String> text(String key) {
        return value(key).map(node -> text(node, qualified(key)));
    }

    String text(YamlNode node, String what) {
        if (node instanceof YamlNode.Scalar s && !s.text().isBlank()) {
            return s.text().strip();
        }
        throw error(node.line(), what + " must be a text, not " + (node instanceof YamlNode.Scalar ? "an empty one"
                : node.kind()));
    }

    /** Names with texts, in the order of the file. */
    Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        value(key).ifPresent(node -> {
            if (!(node instanceof YamlNode.Mapping m)) {
                throw error(node.line(), qualified(key) + " must be a mapping of names to values, not " + node.kind());
            }
            m.entries().forEach((name, entry) -> texts.put(name, literal(entry.value(), qualified(key) + "." + name)));
        });
        return texts;
    }

    /** A text that may be empty or of blanks, such as a delimiter. */
    private String literal(YamlNode node, String what) {
        return node instanceof YamlNode.Scalar s ? s.text() : text(node, what);
    }

    /** One of the constants of an enum, in lower case. */
    <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
        return value(key).map(node -> {
            String word = text(node, qualified(key));
            Map<String, E> words = new LinkedHashMap<>();
            for (E constant : type.getEnumConstants()) {
                words.put(constant.name().toLowerCase(Locale.ROOT), constant);
            }
            if (!words.containsKey(word)) {
                throw error(node.line(), qualified(key) + " cannot be " + word + "; choose one of "
                        + String.join(", ", words.keySet()));
            }
            return words.get(word);
        });
    }

    EchelonException error(int line, String sentence) {
        return EchelonException.misuse(file + ":" + line + ": " + sentence);
    }

    private String qualified(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}

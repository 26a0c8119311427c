package io.echelon.command;

import io.echelon.error.Spelling;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.Token;

/** The words one of which an argument may be, with their shortest abbreviations ({@code un:structured}). */
final class Choices {
    private final Map<String, Integer> minimum = new LinkedHashMap<>();

    private Choices(List<String> notations) {
        for (String notation : notations) {
            int colon = notation.indexOf(':');
            minimum.put(notation.replace(":", ""), colon < 0 ? notation.length() : colon);
        }
    }

    static Choices of(String... notations) {
        return new Choices(Arrays.asList(notations));
    }

    /** The word meant, in full. */
    String find(CommandText text, Token typed, String where) {
        String word = typed.getText();
        return minimum.entrySet().stream()
                .filter(e -> e.getKey().equals(word) || word.length() >= e.getValue() && e.getKey().startsWith(word))
                .map(Map.Entry::getKey).findFirst()
                .orElseThrow(() -> text.error(typed, where + " cannot be " + word + Spelling.hint(word, words())
                        + (Spelling.nearest(word, words()).isPresent() ? " " : "; ") + "choose one of "
                        + String.join(", ", words())));
    }

    Collection<String> words() {
        return minimum.keySet();
    }
}

package io.echelon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class PromptTest {
    private final PromptParser parser = new PromptParser();
    private final PromptCompleter completer = new PromptCompleter(() -> List.of("reaction", "days", "subject"));

    @Test
    void completesCommandsFirst() {
        assertTrue(candidates("mi").contains("mixed"));
        assertFalse(candidates("mi").contains("days"));
    }

    @Test
    void completesVariablesAfterTheCommand() {
        assertEquals(List.of("reaction", "days", "subject"), candidates("mixed reaction da"));
        assertEquals("da", word("mixed reaction c.da"));
        assertEquals("su", word("mixed reaction days || su"));
    }

    @Test
    void completesOptionsAfterAComma() {
        List<String> options = candidates("mixed reaction days || subject: days, cov");
        assertTrue(options.contains("covariance("), options::toString);
        assertTrue(options.contains("reml"), options::toString);
        assertEquals("days", word("mixed reaction days || subject:days"));
    }

    @Test
    void asksForMoreAfterAContinuation() {
        assertThrows(EOFError.class, () -> parser.parse("mixed reaction days ///", 23, ParseContext.ACCEPT_LINE));
        assertEquals(3, parser.parse("mixed reaction days", 19, ParseContext.ACCEPT_LINE).words().size());
    }

    private List<String> candidates(String typed) {
        List<Candidate> candidates = new ArrayList<>();
        completer.complete(null, parse(typed), candidates);
        return candidates.stream().map(Candidate::value).toList();
    }

    private String word(String typed) {
        return parse(typed).word();
    }

    private ParsedLine parse(String typed) {
        return parser.parse(typed, typed.length(), ParseContext.COMPLETE);
    }
}

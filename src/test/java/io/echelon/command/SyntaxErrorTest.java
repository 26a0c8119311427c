package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user sees for a mistake: sentence, command, and a caret under the place. */
class SyntaxErrorTest {
    /** The messages in {@code messages.txt}, each with the command it is about on its second line. */
    static Stream<String> messages() throws IOException {
        try (InputStream file = SyntaxErrorTest.class.getResourceAsStream("messages.txt")) {
            return Arrays.stream(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n\n"))
                    .map(String::stripTrailing);
        }
    }

    private static String messageOf(String command) {
        EchelonException e = assertThrows(EchelonException.class, () -> CommandReader.readAll(command), command);
        assertEquals(EchelonException.Kind.MISUSE, e.kind());
        return e.getMessage();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message(String expected) {
        assertEquals(expected, messageOf(expected.lines().skip(1).findFirst().orElseThrow().strip()));
    }

    @Test
    void theLineOfALongCommand() {
        assertEquals("""
                option reml not allowed with melogit; it belongs to mixed
                      || id:, reml
                              ^""", messageOf("melogit y x ///\n    || id:, reml"));
    }

    @Test
    void tabsKeepTheCaretInPlace() {
        assertEquals("unknown option foo\n  mixed y x\t|| id:,\tfoo\n           \t       \t^",
                messageOf("mixed y x\t|| id:,\tfoo"));
    }

    @Test
    void noCommandAtAll() {
        for (String nothing : new String[] {"", "  ", "// only a comment", "* only a comment"}) {
            EchelonException e = assertThrows(EchelonException.class, () -> CommandReader.read(nothing));
            assertEquals("the command is empty; expected one such as mixed y x || id:", e.getMessage());
            assertTrue(CommandReader.readAll(nothing).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "mixed y i.a##c.x if z >= 2 in 1/9 [pw=w] || id: x, cov(un) res(ar 1, t(t)) tech(nr 5 bfgs)",
        "gen double z = cond(x[_n-1] > ., -ln(y)^2, 3) if !missing(a) in f/l",
        "egen z = std(x / 2), mean(3) by(a b)", "tab x if y, gen(d)", "keep a x1-x3 z*",
        "constraint 1 2*_b[y:1.a#2.b] - [var(_cons[a>b])]_cons/3 = /cut1", "mat a = (1,.\\2,3)' * diag(f)",
        "mkmat a b, mat(f)", "stset t if x, f(d==1 2) enter(time t0 + 1) scale(3)", "qui: est store m"})
    void anythingTypedGivesAMessage(String command) {
        for (int i = 0; i <= command.length(); i++) {
            for (String insert : new String[] {"", "(", ")", "\"", ",", "|", "#", "[", "=", "é", "\\", "'", "%", " x "}) {
                String typed = command.substring(0, i) + insert;
                for (String text : new String[] {typed, typed + command.substring(i)}) {
                    try {
                        CommandReader.readAll(text);
                    } catch (EchelonException e) {
                        assertEquals(EchelonException.Kind.MISUSE, e.kind(), text);
                        assertTrue(e.getMessage().endsWith("^") && e.getMessage().lines().count() == 3, e.getMessage());
                        assertFalse(e.getMessage().contains("something else"), e.getMessage());
                    }
                }
            }
        }
    }
}

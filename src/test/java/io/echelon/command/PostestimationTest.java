package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spec.Lrtest;
import io.echelon.spec.PostestimationCommand;
import io.echelon.spec.Statement;
import org.junit.jupiter.api.Test;

class PostestimationTest {
    @Test
    void resultsAreComparedByName() {
        assertEquals(new Lrtest("m1", ".", false), command("lrtest m1"));
        assertEquals(new Lrtest("m1", "m2", true), command("lrtest m1 m2, force"));
        assertEquals(new Lrtest(".", "1", false), command("lrtest . 1"));
        assertError("lrtest compares two results", "lrtest");
        assertError("lrtest compares two results", "lrtest a b c");
        assertError("unknown option farce; did you mean force?", "lrtest a b, farce");
    }

    private static PostestimationCommand command(String typed) {
        Statement.Postestimation statement = (Statement.Postestimation) CommandReader.read(typed);
        assertEquals(typed, statement.text());
        return statement.command();
    }

    private static void assertError(String message, String typed) {
        EchelonException e = assertThrows(EchelonException.class, () -> CommandReader.read(typed));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
    }
}

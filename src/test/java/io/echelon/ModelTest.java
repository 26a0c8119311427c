package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.command.CommandReader;
import io.echelon.spec.Statement;
import org.junit.jupiter.api.Test;

/** The builder gives the commands a user would type. */
class ModelTest {
    private static void assertCommand(String command, Model model) {
        assertEquals(command, model.toString());
        assertEquals(((Statement.Estimation) CommandReader.read(command)).spec(), model.spec());
    }

    @Test
    void modelsAreCommands() {
        assertCommand("mixed reaction days || subject: days, covariance(unstructured) reml",
                Model.mixed("reaction").on("days").group("subject", g -> g.slope("days").unstructured()).reml());
        assertCommand("mixed y i.a c.x#c.x if x > 1, noconstant || school: x, noconstant covariance(identity) || class:, reml",
                Model.mixed("y").on("i.a", "c.x#c.x").where("x > 1").noconstant().reml()
                        .group("school", g -> g.slope("x").noIntercept().identity()).group("class"));
        assertCommand("mixed y x, noconstant reml", Model.mixed("y").on("x").noconstant().reml());
        assertCommand("mixed y || id:, iterate(50)", Model.mixed("y").group("id").option("iterate(50)"));
    }
}

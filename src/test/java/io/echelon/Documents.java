package io.echelon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.echelon.error.EchelonException;
import io.echelon.spark.TestSession;

/** Commands of a session and the JSON documents they answer with. */
final class Documents {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Documents() {}

    static JsonNode row(JsonNode document, String term) {
        for (JsonNode row : document.path("rows")) {
            if (row.path("term").asText().equals(term) && !row.path("estimate").isNull()) {
                return row;
            }
        }
        throw new AssertionError("no row " + term + " in " + document);
    }

    static JsonNode run(Session session, String command) {
        try {
            JsonNode document = MAPPER.readTree(session.run(command).orElseThrow().toJson());
            assertEquals(command, document.path("command").asText());
            return document;
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static void misused(Session session, String command, String told) {
        EchelonException e = assertThrows(EchelonException.class, () -> session.run(command));
        assertEquals(EchelonException.Kind.MISUSE, e.kind());
        assertTrue(e.getMessage().contains(told), e.getMessage());
    }

    static Session open(String data) {
        return Echelon.on(TestSession.spark()).open(data);
    }
}

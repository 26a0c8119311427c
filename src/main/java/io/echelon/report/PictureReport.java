package io.echelon.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.echelon.picture.Picture;
import java.util.Optional;

/** What is said of a picture where it cannot be shown. */
public final class PictureReport {
    private PictureReport() {}

    /** {@code (file rvfplot.svg written)}, every line ended by a newline. */
    public static String text(Picture picture, Optional<String> file) {
        return file.map(f -> "(file " + f + " written)").orElse("(picture: " + picture.title() + ")") + "\n";
    }

    /** One JSON document in one line: {@code command}, no {@code rows}, {@code title}, {@code note} and {@code file}. */
    public static String json(String command, Picture picture, Optional<String> file) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("command", command);
        document.putArray("rows");
        document.put("title", picture.title());
        document.put("note", picture.note());
        document.put("file", file.orElse(null));
        return document.toString();
    }
}

package io.echelon.picture;

import io.echelon.error.EchelonException;
import java.awt.Font;
import java.awt.font.FontRenderContext;

/** The fonts of this machine, which a Java without a desktop may lack. */
final class Fonts {
    private Fonts() {}

    /** Fails with a remedy where Java cannot measure a text. */
    static void require() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("x", new FontRenderContext(null, true, true));
        } catch (RuntimeException | LinkageError | InternalError e) {
            throw new EchelonException(EchelonException.Kind.FAILURE, "pictures cannot be drawn because Java finds no font ("
                    + e.getMessage() + "); install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core", e);
        }
    }
}

package io.echelon.picture;

import io.echelon.error.EchelonException;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.util.Optional;

/** The fonts of this machine, which a Java without a desktop may lack. */
public final class Fonts {
    private Fonts() {}

    /** Why no picture can be drawn here; empty where they can. */
    public static Optional<String> problem() {
        try {
            new Font(Font.SANS_SERIF, Font.PLAIN, 12).getStringBounds("x", new FontRenderContext(null, true, true));
            return Optional.empty();
        } catch (RuntimeException | LinkageError | InternalError e) {
            return Optional.of("pictures cannot be drawn because Java finds no font (" + e.getMessage()
                    + "); install fontconfig and a font, such as the packages fontconfig and fonts-dejavu-core");
        }
    }

    /** Fails with a remedy where no picture can be drawn. */
    public static void require() {
        problem().ifPresent(p -> {
            throw EchelonException.failure(p);
        });
    }
}

package io.echelon.postestimation;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Names of coefficients as users write them: {@code 2b.race}, {@code i2.race}, {@code c.x#1.a} in any order. */
final class CoefficientName {
    private static final Pattern LEVEL = Pattern.compile("^i?(\\d+)(?:b|o|n|bn|bo)?\\.");

    private CoefficientName() {}

    /** The same text for all spellings of a name. */
    static String canonical(String typed) {
        List<String> parts = Arrays.stream(typed.replace(" ", "").split("#"))
                .map(p -> LEVEL.matcher(p).replaceFirst("$1."))
                .map(p -> p.startsWith("c.") ? p.substring(2) : p).sorted().toList();
        return String.join("#", parts);
    }
}

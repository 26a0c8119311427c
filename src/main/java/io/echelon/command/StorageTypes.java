package io.echelon.command;

import io.echelon.spec.Statement.StorageType;
import java.util.Locale;
import java.util.Optional;

/** The words for storage types before the name of a new variable. */
final class StorageTypes {
    private StorageTypes() {}

    /** The type of a word, or empty. */
    static Optional<StorageType> find(String word) {
        return switch (word) {
            case "byte", "int", "long", "float", "double" -> Optional.of(StorageType.valueOf(word.toUpperCase(Locale.ROOT)));
            default -> word.matches("str([0-9]+|L)?") ? Optional.of(StorageType.STRING) : Optional.empty();
        };
    }
}

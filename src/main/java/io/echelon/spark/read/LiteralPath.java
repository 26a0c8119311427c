package io.echelon.spark.read;

/** Paths that name one file or folder, whatever characters are in them: Spark's readers take some for patterns. */
final class LiteralPath {
    private LiteralPath() {}

    /** The pattern that a path alone fulfils. */
    static String of(String path) {
        return path.replaceAll("[\\\\*?\\[\\]{}]", "\\\\$0");
    }
}

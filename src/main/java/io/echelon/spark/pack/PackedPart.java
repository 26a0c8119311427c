package io.echelon.spark.pack;

import io.echelon.group.Moments;
import java.io.Serializable;

/**
 * Sums of some rows with level values as numbers.
 *
 * @param seen what the rows were like, and the texts behind the numbers
 */
record PackedPart(Moments moments, SeenRows seen) implements Serializable {}

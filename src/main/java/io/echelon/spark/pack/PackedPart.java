package io.echelon.spark.pack;

import io.echelon.group.Moments;
import java.io.Serializable;

/**
 * Sums of some rows with level values as numbers.
 *
 * @param texts texts behind the numbers of each level; null for levels that have numbers
 * @param tally what the rows were like
 */
record PackedPart(Moments moments, TextKeys[] texts, Tally tally) implements Serializable {}

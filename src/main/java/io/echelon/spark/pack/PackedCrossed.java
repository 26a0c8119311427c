package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.group.CrossedMoments;
import io.echelon.group.Standardization;

/**
 * The cross-products of an estimation sample with crossed groups.
 *
 * @param design          the design with what was seen in the rows added to its notes
 * @param standardization the one the cross-products were made with
 */
public record PackedCrossed(Design design, CrossedMoments moments, Standardization standardization) {}

package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.group.Moments;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;

/**
 * The cross-products of an estimation sample.
 *
 * @param design          the design with what was seen in the rows added to its notes
 * @param parts           where the cross-products are
 * @param standardization the one they were made with
 */
public record PackedMoments(Design design, PartStore<Moments> parts, Standardization standardization) {}

package io.echelon.spark.pack;

import io.echelon.design.Design;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;

/**
 * The packed rows of an estimation sample.
 *
 * @param design the design with what was seen in the rows added to its notes
 * @param parts  where the rows are, whole top-level groups in a part
 */
public record PackedRows(Design design, PartStore<GroupBlock> parts) {}

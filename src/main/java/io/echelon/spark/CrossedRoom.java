package io.echelon.spark;

import io.echelon.design.Level;
import io.echelon.error.EchelonException;
import io.echelon.estimate.linear.RootRoom;
import io.echelon.group.Crossing;
import io.echelon.spark.pack.PackedRows;
import java.util.List;

/** Whether the dense system of crossed generalized effects, all but those of the largest term, is worth its memory. */
final class CrossedRoom {
    /** Columns of the system up to which it is taken without asking for another way. */
    private static final int WIDE = 3000;
    /** Indicators of crossed factors that nested levels carry along. */
    private static final int MOST_INDICATORS = 200;

    private CrossedRoom() {}

    /**
     * False where nested levels make the system large, while the factors that cross them have few levels: indicators of these
     * then leave a nested model.
     *
     * @throws EchelonException where the system is larger than memory
     */
    static boolean fits(PackedRows packed) {
        List<Level> levels = packed.design().levels();
        Crossing crossing = packed.parts().aggregate(block -> block.crossing(), (a, b) -> a);
        long all = 0;
        long largest = 0;
        long ofFactors = 0;
        for (int l = 0; l < levels.size(); l++) {
            long columns = (long) crossing.nodes()[l] * levels.get(l).columns().size();
            all += columns;
            largest = Math.max(largest, columns);
            ofFactors += levels.get(l).effects().stream().anyMatch(e -> e.factor().isPresent()) ? columns : 0;
        }
        long m = all - largest;
        if (m > WIDE && ofFactors <= MOST_INDICATORS) {
            return false;
        }
        RootRoom.require(m, 2 * m * m * Double.BYTES);
        return true;
    }
}

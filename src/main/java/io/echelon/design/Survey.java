package io.echelon.design;

import java.util.List;

/** Asks the rows of the estimation sample which values of factor variables occur. */
public interface Survey {
    /**
     * A combination of values that occurs, with the number of rows that have it. A value is a {@link Double}, or a
     * {@link String} for a string variable.
     */
    record Cell(List<Object> values, long rows) {
        public Cell {
            values = List.copyOf(values);
        }
    }

    /**
     * The combinations that occur among the rows in which no variable of {@code complete} is missing.
     *
     * @param crossings one list of factor variables an answer
     * @param complete  variables that must not be missing
     * @return for each crossing the cells that occur, in any order
     */
    List<List<Cell>> observe(List<List<String>> crossings, List<String> complete);
}

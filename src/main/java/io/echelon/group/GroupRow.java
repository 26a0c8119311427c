package io.echelon.group;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Level;
import io.echelon.design.Residuals;
import io.echelon.design.ResponseColumns;
import io.echelon.group.GroupLayout.Extra;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;

/** Turns the source values of a row into a packed row in the order of a {@link GroupLayout}. */
public final class GroupRow implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int CONSTANT = -1;
    private static final int PRODUCT = -2;

    private final GroupLayout layout;
    private final Column[] columns;
    /** Source of a column that is one plain variable, or CONSTANT, or PRODUCT for indicators and interactions. */
    private final int[] plain;
    private final boolean logOffset;
    private final int offsetPlace;
    private final int trialsPlace;
    private final double constantTrials;
    private final int categoryPlace;
    private final int[] levelWeights;
    private final double[] categories;

    /** The packed rows of a design. */
    public GroupRow(Design design) {
        ResponseColumns response = design.responseColumns();
        constantTrials = response.constantTrials();
        EnumMap<Extra, Integer> extras = new EnumMap<>(Extra.class);
        response.trials().ifPresent(s -> extras.put(Extra.TRIALS, s));
        response.entry().ifPresent(s -> extras.put(Extra.ENTRY, s));
        response.event().ifPresent(s -> extras.put(Extra.EVENT, s));
        if (!Double.isNaN(constantTrials)) {
            extras.put(Extra.TRIALS, CONSTANT);
        }
        design.offset().ifPresent(o -> extras.put(Extra.OFFSET, o.source()));
        design.weight().ifPresent(w -> extras.put(Extra.WEIGHT, w));
        design.residuals().ifPresent(r -> {
            r.time().ifPresent(t -> extras.put(Extra.TIME, t));
            r.by().ifPresent(b -> extras.put(Extra.CATEGORY, b));
        });
        design.cluster().ifPresent(c -> extras.put(Extra.CLUSTER, c));
        levelWeights = design.levels().stream().mapToInt(Level::weight).toArray();
        categories = design.residuals().map(Residuals::categories).orElse(new double[0]);
        int[] effects = design.levels().stream().mapToInt(l -> l.columns().size()).toArray();
        layout = new GroupLayout(effects, design.regressors().size(), List.copyOf(extras.keySet()));
        List<Column> all = new ArrayList<>();
        for (Level level : design.levels()) {
            all.addAll(level.columns());
        }
        all.addAll(design.regressors());
        columns = all.toArray(Column[]::new);
        plain = new int[layout.width()];
        for (int c = 0; c < columns.length; c++) {
            List<Column.Part> parts = columns[c].parts();
            plain[c] = parts.isEmpty() ? CONSTANT
                    : parts.size() == 1 && parts.get(0).continuous() ? parts.get(0).source() : PRODUCT;
        }
        plain[layout.response()] = design.response();
        extras.forEach((e, source) -> plain[layout.place(e)] = source);
        logOffset = design.offset().map(Design.Offset::logarithm).orElse(false);
        offsetPlace = layout.place(Extra.OFFSET);
        trialsPlace = layout.place(Extra.TRIALS);
        categoryPlace = layout.place(Extra.CATEGORY);
    }

    /** The order of the columns. */
    public GroupLayout layout() {
        return layout;
    }

    /** For each level the source of the weight of a group, or −1. */
    public int[] levelWeights() {
        return levelWeights;
    }

    /** Writes the packed row of the source values (in the order of {@link Design#sources()}) to {@code row}. */
    public void fill(double[] sources, double[] row) {
        for (int c = 0; c < plain.length; c++) {
            int s = plain[c];
            row[c] = s >= 0 ? sources[s] : s == PRODUCT ? columns[c].value(sources) : c == trialsPlace ? constantTrials : 1;
        }
        if (categoryPlace >= 0) {
            row[categoryPlace] = Arrays.binarySearch(categories, row[categoryPlace]);
        }
        if (logOffset) {
            row[offsetPlace] = Math.log(row[offsetPlace]);
        }
    }
}

package io.echelon.design;

import io.echelon.residual.ResidualModel;
import io.echelon.spec.LinearOptions;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Weight;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A model bound to a data set: every name resolved, every factor variable spelt out in columns. A bound design never
 * looks up a name.
 *
 * @param spec     the command it came from
 * @param sources  columns read from the data set, numeric or encoded; {@link Column.Part} points into this list
 * @param response index of the response in {@code sources}
 * @param fixed    fixed-effects columns in the order of the printed table (base levels included), the constant last
 * @param levels   levels of the hierarchy, outermost first; empty for a linear model without random effects
 * @param weight   index of the observation weight in {@code sources}
 * @param offset   offset or exposure in {@code sources}
 * @param notes    what the user should know of the binding, one sentence each
 * @param residuals residual structure; empty for independent residuals with one variance
 * @param responseColumns what belongs to the response besides its value
 * @param cluster  variable of {@code vce(cluster)} in {@code sources}
 */
public record Design(ModelSpec spec, List<Source> sources, int response, List<Column> fixed, List<Level> levels,
                     OptionalInt weight, Optional<Offset> offset, List<String> notes, Optional<Residuals> residuals,
                     ResponseColumns responseColumns, OptionalInt cluster) {
    /** A column added to the linear predictor; {@code logarithm} for {@code exposure()}. */
    public record Offset(int source, boolean logarithm) implements Serializable {}

    /** With independent residuals of one variance and a response that is its value alone. */
    public Design(ModelSpec spec, List<Source> sources, int response, List<Column> fixed, List<Level> levels,
                  OptionalInt weight, Optional<Offset> offset, List<String> notes) {
        this(spec, sources, response, fixed, levels, weight, offset, notes, Optional.empty(), ResponseColumns.none(),
                OptionalInt.empty());
    }

    public Design {
        sources = List.copyOf(sources);
        fixed = List.copyOf(fixed);
        levels = List.copyOf(levels);
        notes = List.copyOf(notes);
    }

    /** The columns that take part in estimation, in order. */
    public List<Column> estimated() {
        return fixed.stream().filter(c -> c.status() == Column.Status.ESTIMATED).toList();
    }

    /**
     * The fixed-effects columns of a linear predictor: all of them where the model has one; of several, which have the same
     * columns, those of one of them.
     */
    public List<Column> predictor() {
        return responseColumns.outcomes().map(o -> fixed.stream().filter(c -> c.equation().equals(o.equations().get(0)))
                .map(Column::alone).toList()).orElse(fixed);
    }

    /** The p columns that rows hold: those of {@link #predictor} that take part in estimation. */
    public List<Column> regressors() {
        return predictor().stream().filter(c -> c.status() == Column.Status.ESTIMATED).toList();
    }

    /** The number of the linear predictor that a column is in, from 0; −1 where it is in all of several. */
    public int predictorOf(Column column) {
        return responseColumns.outcomes().map(o -> o.predictor(column.equation())).orElse(0);
    }

    /** Whether the groups of some level are not parts of the groups of the level before it. */
    public boolean crossed() {
        for (int l = 1; l < levels.size(); l++) {
            List<String> outer = levels.get(l - 1).grouping();
            List<String> inner = levels.get(l).grouping();
            if (inner.size() < outer.size() || !inner.subList(0, outer.size()).equals(outer)) {
                return true;
            }
        }
        return false;
    }

    /** The same design with other fixed-effects columns and notes (after collinear ones are marked omitted). */
    public Design with(List<Column> fixed, List<String> notes) {
        return new Design(spec, sources, response, fixed, levels, weight, offset, notes, residuals, responseColumns, cluster);
    }

    /** The same design with other levels and notes (after collinear columns of random-effects equations are left out). */
    public Design withLevels(List<Level> others, List<String> notes) {
        return new Design(spec, sources, response, fixed, others, weight, offset, notes, residuals, responseColumns, cluster);
    }

    /**
     * Whether degrees of freedom need second derivatives of the covariance matrix, because it is not linear in the
     * parameters of the residuals.
     */
    public boolean curved() {
        return residuals.filter(r -> !r.model().linear()).isPresent() && spec.linear().dfMethod().filter(m ->
                m.expectedInformation() || m.name() == LinearOptions.DfMethod.Name.KROGER).isPresent();
    }

    /** The residual structure as cross-products are summed for it. */
    public Optional<ResidualModel> summedResiduals() {
        return residuals.map(r -> curved() ? r.model().whole(false) : r.model());
    }

    /** Whether rows or groups have weights. */
    public boolean weighted() {
        return weight.isPresent() || levels.stream().anyMatch(l -> l.weight() >= 0);
    }

    /** Whether weights are numbers of equal rows or groups. */
    public boolean frequencyWeights() {
        return spec.weightKinds().contains(Weight.Kind.FREQUENCY);
    }

    /** Whether standard errors are those of the sandwich: asked for, or because of sampling weights. */
    public boolean robust() {
        return spec.robust();
    }

    /** The same design without random effects. */
    public Design withoutLevels() {
        return new Design(spec, sources, response, fixed, List.of(), weight, offset, notes, residuals, responseColumns,
                cluster);
    }
}

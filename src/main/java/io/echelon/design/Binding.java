package io.echelon.design;

import io.echelon.error.EchelonException;
import io.echelon.spec.CovarianceChoice;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * All that a design is made of besides the command. The same command bound to it gives the same design, without the data.
 *
 * @param schema     variables of the data set
 * @param crossings  values of factor variables in the estimation sample
 * @param matrices   matrices by name
 * @param indicators whether effects of {@code _all: R.variable} are coefficients of indicators, see
 *                   {@link Binder#bindWithIndicators}
 * @param random     for each level and equation the names of the columns that were not left out for collinearity
 */
public record Binding(Schema schema, List<Crossing> crossings, Map<String, double[][]> matrices, boolean indicators,
                      List<List<List<String>>> random) {
    /** The combinations of values of some factor variables that occur. */
    public record Crossing(List<String> variables, List<Survey.Cell> cells) {
        public Crossing {
            variables = List.copyOf(variables);
            cells = List.copyOf(cells);
        }
    }

    public Binding {
        crossings = List.copyOf(crossings);
        matrices = Map.copyOf(matrices);
    }

    /** What a design was bound to; of the matrices those its command names. */
    public static Binding of(Design design, Schema schema, RecordedSurvey survey, Map<String, double[][]> matrices,
                             boolean indicators) {
        Map<String, double[][]> named = new TreeMap<>();
        for (RandomEquation e : design.spec().random()) {
            e.covariance().map(c -> c instanceof CovarianceChoice.Fixed f ? f.matrix()
                    : c instanceof CovarianceChoice.Pattern p ? p.matrix() : null)
                    .ifPresent(name -> named.put(name, matrices.get(name)));
        }
        return new Binding(schema, survey.crossings(), named, indicators, design.levels().stream().map(l ->
                l.effects().stream().map(e -> e.columns().stream().map(Column::name).toList()).toList()).toList());
    }

    /** The design of the command. */
    public Design design(ModelSpec spec) {
        Design all = indicators ? Binder.bindWithIndicators(spec, schema, this::observe, matrices)
                : Binder.bind(spec, schema, this::observe, matrices);
        List<Level> levels = new ArrayList<>();
        for (int l = 0; l < all.levels().size(); l++) {
            List<Effects> equations = new ArrayList<>();
            for (Effects e : all.levels().get(l).effects()) {
                equations.add(kept(e, random.get(l).get(equations.size())));
            }
            levels.add(all.levels().get(l).with(equations));
        }
        return all.withLevels(levels, all.notes());
    }

    private static Effects kept(Effects equation, List<String> names) {
        int[] kept = IntStream.range(0, equation.columns().size())
                .filter(j -> names.contains(equation.columns().get(j).name())).toArray();
        return kept.length == equation.columns().size() ? equation : equation.of(kept);
    }

    private List<List<Survey.Cell>> observe(List<List<String>> asked, List<String> complete) {
        return asked.stream().map(variables -> crossings.stream().filter(c -> c.variables().equals(variables)).findFirst()
                .orElseThrow(() -> EchelonException.failure("the stored fit does not say which values "
                        + String.join(" and ", variables) + " have; fit the model again"))
                .cells()).toList();
    }
}

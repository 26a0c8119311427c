package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Marginal linear predictions of the cells of factor variables, balanced over the levels of the other factors and with
 * continuous variables at zero; or, for continuous variables, their slopes in the cells.
 */
final class MarginalCells {
    private final Results results;
    private final NamedParameters parameters;
    private final Map<String, double[]> levels = new LinkedHashMap<>();
    private final Map<String, Double> bases = new LinkedHashMap<>();

    MarginalCells(Results results, NamedParameters parameters) {
        this.results = results;
        this.parameters = parameters;
        Map<String, TreeSet<Double>> found = new LinkedHashMap<>();
        for (Column c : results.design().fixed()) {
            for (Column.Part part : c.parts()) {
                if (!part.continuous()) {
                    found.computeIfAbsent(variable(part), v -> new TreeSet<>()).add(part.level());
                    if (c.parts().size() == 1 && c.status() == Column.Status.BASE) {
                        bases.put(variable(part), part.level());
                    }
                }
            }
        }
        found.forEach((v, l) -> levels.put(v, l.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private String variable(Column.Part part) {
        Design design = results.design();
        return design.sources().get(part.source()).name();
    }

    /** The levels of a factor in ascending order. */
    double[] levels(String command, String variable) {
        return Optional.ofNullable(levels.get(variable)).orElseThrow(() -> EchelonException.misuse(command + ": " + variable
                + " is not a factor variable of the model" + Spelling.hint(variable, levels.keySet())
                + (levels.isEmpty() ? " (it has none)" : " (there are " + String.join(", ", levels.keySet()) + ")")));
    }

    /** The base level of a factor. */
    double base(String variable) {
        return bases.getOrDefault(variable, levels.get(variable)[0]);
    }

    /** A level as printed: its label where there is one. */
    String label(String variable, double level) {
        List<String> labels = results.estimates().labels().get(variable);
        return labels == null ? Inference.number(level) : labels.get((int) level - 1);
    }

    /** Whether the fixed part has a column of exactly these factors and continuous variables. */
    boolean hasTerm(List<String> factors, List<String> continuous) {
        return results.design().fixed().stream().anyMatch(c -> continuous(c).equals(continuous.stream().sorted().toList())
                && c.parts().stream().filter(p -> !p.continuous()).map(this::variable).sorted().toList()
                        .equals(factors.stream().sorted().toList()));
    }

    /**
     * The marginal prediction of a cell; empty where it rests on an interaction cell without observations.
     *
     * @param cell       levels of some factors
     * @param continuous variables whose product's slope is meant; none for the prediction itself
     */
    Optional<LinearForm> mean(Map<String, Double> cell, List<String> continuous) {
        LinearForm sum = new LinearForm(0, new double[parameters.count()]);
        List<Column> columns = results.design().fixed();
        List<String> wanted = continuous.stream().sorted().toList();
        for (int j = 0; j < columns.size(); j++) {
            Column c = columns.get(j);
            double weight = continuous(c).equals(wanted) ? weight(c, cell) : 0;
            if (weight != 0 && c.status() == Column.Status.EMPTY) {
                return Optional.empty();
            }
            if (weight != 0 && c.status() == Column.Status.ESTIMATED) {
                sum = sum.plus(parameters.form(results.estimates().coefficients().get(j)), weight);
            }
        }
        return Optional.of(sum);
    }

    private List<String> continuous(Column c) {
        return c.parts().stream().filter(Column.Part::continuous).map(this::variable).sorted().toList();
    }

    private double weight(Column c, Map<String, Double> cell) {
        double weight = 1;
        for (Column.Part part : c.parts()) {
            if (!part.continuous()) {
                Double level = cell.get(variable(part));
                weight *= level == null ? 1.0 / levels.get(variable(part)).length : level == part.level() ? 1 : 0;
            }
        }
        return weight;
    }

    /** All cells of some factors, the last factor varying fastest. */
    List<Map<String, Double>> cells(String command, List<String> factors) {
        List<Map<String, Double>> cells = new ArrayList<>(List.of(Map.of()));
        for (String factor : factors) {
            List<Map<String, Double>> longer = new ArrayList<>();
            for (Map<String, Double> cell : cells) {
                for (double level : levels(command, factor)) {
                    Map<String, Double> next = new LinkedHashMap<>(cell);
                    next.put(factor, level);
                    longer.add(next);
                }
            }
            cells = longer;
        }
        return cells;
    }
}

package io.echelon.postestimation;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Outcomes;
import io.echelon.error.EchelonException;
import io.echelon.error.Spelling;
import io.echelon.postestimation.predict.PredictionPlan;
import io.echelon.spec.Equations;
import io.echelon.spec.Predict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Marginal linear predictions of the cells of factor variables, balanced over the levels of the other factors and with
 * continuous variables at zero; or, for continuous variables, their slopes in the cells.
 */
final class MarginalCells implements CellMeans {
    private final String command;
    /** Name of the linear predictor of a model with several, else empty. */
    private final String equation;
    private final Results results;
    private final LevelCounts counts;
    private final Dependence dependence;
    private final NamedParameters parameters;
    private final Map<String, double[]> levels = new LinkedHashMap<>();
    private final Map<String, Double> bases = new LinkedHashMap<>();

    private MarginalCells(String command, String equation, Results results, LevelCounts counts, Dependence dependence) {
        this.command = command;
        this.equation = equation;
        this.results = results;
        this.counts = counts;
        this.dependence = dependence;
        parameters = new NamedParameters(results.estimates());
        Map<String, TreeSet<Double>> found = new LinkedHashMap<>();
        for (Column c : results.design().predictor()) {
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

    /**
     * The cells of each linear predictor that a command is about.
     *
     * @param command whose name errors begin with
     */
    static List<MarginalCells> of(String command, Equations equations, Results results, LevelCounts counts,
                                  Dependence dependence) {
        Optional<Outcomes> outcomes = results.design().responseColumns().outcomes();
        if (outcomes.isEmpty() && (equations.each() || equations.one().isPresent())) {
            throw EchelonException.misuse(command + ": equation() and atequations go with models of several equations, and "
                    + results.estimates().spec().command().text() + " has one; leave them out");
        }
        List<String> all = outcomes.map(Outcomes::equations).orElse(List.of(""));
        List<String> chosen = equations.each() ? all : outcomes.isEmpty() ? all : List.of(equations.one()
                .map(o -> equation(command, o, outcomes.get())).orElse(all.get(0)));
        return chosen.stream().map(e -> new MarginalCells(command, e, results, counts, dependence)).toList();
    }

    private static String equation(String command, Predict.Outcome asked, Outcomes outcomes) {
        int number = PredictionPlan.outcome(outcomes.names(), asked);
        if (number == outcomes.base()) {
            throw EchelonException.misuse(command + ": equation(" + asked.name() + ") is that of the base outcome, which has no"
                    + " coefficients; choose " + String.join(" or ", outcomes.equations()));
        }
        return outcomes.names().get(number);
    }

    @Override
    public String name() {
        return equation;
    }

    private String variable(Column.Part part) {
        Design design = results.design();
        return design.sources().get(part.source()).name();
    }

    @Override
    public double[] levels(String variable) {
        return Optional.ofNullable(levels.get(variable)).orElseThrow(() -> EchelonException.misuse(command + ": " + variable
                + " is not a factor variable of the model" + Spelling.hint(variable, levels.keySet())
                + (levels.isEmpty() ? " (it has none)" : " (there are " + String.join(", ", levels.keySet()) + ")")));
    }

    @Override
    public double base(String variable) {
        return bases.getOrDefault(variable, levels.get(variable)[0]);
    }

    @Override
    public double[] frequencies(String variable) {
        return counts.of(variable, levels(variable));
    }

    @Override
    public String label(String variable, double level) {
        List<String> labels = results.estimates().labels().get(variable);
        return labels == null ? Inference.number(level) : labels.get((int) level - 1);
    }

    /** Whether the fixed part has a column of exactly these factors and continuous variables. */
    boolean hasTerm(List<String> factors, List<String> continuous) {
        return results.design().predictor().stream().anyMatch(c -> continuous(c).equals(continuous.stream().sorted().toList())
                && c.parts().stream().filter(p -> !p.continuous()).map(this::variable).sorted().toList()
                        .equals(factors.stream().sorted().toList()));
    }

    @Override
    public CellMean mean(Map<String, Double> cell, List<String> continuous) {
        List<Column> columns = results.design().fixed();
        LinearForm sum = new LinearForm(0, new double[parameters.count()]);
        int omitted = results.design().estimated().size();
        double[] weights = new double[omitted + dependence.count()];
        int estimated = 0;
        List<String> wanted = continuous.stream().sorted().toList();
        for (int j = 0; j < columns.size(); j++) {
            Column c = columns.get(j);
            if (!c.equation().equals(equation)) {
                continue;
            }
            double weight = continuous(c).equals(wanted) ? weight(c, cell) : 0;
            switch (c.status()) {
                case ESTIMATED -> {
                    sum = sum.plus(parameters.form(results.estimates().coefficients().get(j)), weight);
                    weights[estimated++] = weight;
                }
                case EMPTY, OMITTED -> weights[omitted++] = weight;
                case BASE -> { }
            }
        }
        return new CellMean(sum, dependence.misses(weights));
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
}

package io.echelon.spark.predict;

import io.echelon.design.Level;
import io.echelon.design.Source;
import io.echelon.error.EchelonException;
import io.echelon.postestimation.ComparedMargins;
import io.echelon.postestimation.Dependence;
import io.echelon.postestimation.LevelCounts;
import io.echelon.postestimation.margins.CovariateSummaries;
import io.echelon.postestimation.margins.MarginKernel;
import io.echelon.postestimation.margins.MarginSums;
import io.echelon.postestimation.margins.MarginsPlan;
import io.echelon.postestimation.margins.MarginsPlan.Cells;
import io.echelon.postestimation.margins.MarginsPlan.Summed;
import io.echelon.postestimation.predict.PredictedLevel;
import io.echelon.spark.Fitted;
import io.echelon.spark.expression.ExpressionTranslator;
import io.echelon.spark.expression.Rows;
import io.echelon.spark.pack.SampleRows;
import io.echelon.spark.read.Schemas;
import io.echelon.spec.Margins;
import io.echelon.spec.Nlcom;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StringType;

/**
 * {@code margins}: one pass over the rows of the estimation sample sums all margins at once, and one before it means,
 * quantiles and ranges of covariates where the command asks for them. No row leaves its partition.
 */
public final class MarginsCommand {
    private static final int MOST_GROUPS = 10_000;

    private MarginsCommand() {}

    /**
     * Runs the command.
     *
     * @param data the data set as it stands; its rows that the estimation command selects and that miss no value are used
     */
    public static ComparedMargins run(Margins command, Fitted fit, Dataset<Row> data) {
        MarginsPlan plan = new MarginsPlan(command, fit.results());
        Sampled sampled = Sampled.of(plan, command, fit, data);
        Map<List<Object>, Cells> cells = cells(plan, sampled);
        Map<List<Object>, MarginSums> sums = sums(sampled, kernels(plan, cells));
        if (sums.isEmpty()) {
            throw EchelonException.failure("margins: no observations: no row of the estimation sample fulfils the conditions and"
                    + " misses no value");
        }
        Map<List<Object>, Summed> groups = new HashMap<>();
        sums.forEach((group, s) -> groups.put(group, new Summed(cells.getOrDefault(group, cells.get(List.of())), s)));
        return numbered(plan, groups, command.over(), new LevelCounts(fit.binding().crossings(), fit.estimates().labels()));
    }

    /** How the columns that were left out of a fit for collinearity depend on the others, from a pass over its rows. */
    public static Dependence dependence(Fitted fit) {
        Margins linear = Margins.ofLinearPrediction();
        MarginsPlan plan = new MarginsPlan(linear, fit.results());
        Sampled sampled = Sampled.of(plan, linear, fit, fit.estimation().get());
        return plan.dependence(sums(sampled, kernels(plan, cells(plan, sampled))).get(List.of()));
    }

    /**
     * What the columns of a row are: those of a prediction, the variables of {@code over()}, and what {@code at(x=generate())} adds.
     *
     * @param text      for each variable of {@code over()} whether it holds strings
     * @param generated how many columns are added
     */
    private record Columns(PredictionInputs inputs, List<Boolean> text, int generated) implements Serializable {}

    /** The rows that are averaged over. */
    private record Sampled(SampleRows rows, Columns read) {
        static Sampled of(MarginsPlan plan, Margins command, Fitted fit, Dataset<Row> data) {
            Dataset<Row> sample = Rows.of(Rows.of(data, fit.estimates().spec().sample()),
                    command.subset()).selected();
            if (command.subpop().isPresent()) {
                sample = Rows.of(sample, command.subpop().get()).selected();
            }
            List<Source> sources = fit.design().sources();
            List<String> present = Arrays.asList(data.columns());
            boolean[] needed = plan.needed();
            for (int s = 0; s < needed.length; s++) {
                needed[s] |= present.contains(sources.get(s).name());
            }
            List<PredictedLevel> levels = fit.design().levels().stream().map(Level::grouping).filter(present::containsAll)
                    .map(g -> new PredictedLevel("", g, List.of())).toList();
            PredictionInputs inputs = PredictionInputs.of(sources, needed, levels, data.schema());
            List<Column> columns = new ArrayList<>(List.of(inputs.columns(sources, levels, data.schema(), false)));
            List<Boolean> text = new ArrayList<>();
            for (String name : command.over()) {
                String variable = Schemas.of(data.schema()).require(name).name();
                text.add(data.schema().apply(variable).dataType() instanceof StringType);
                Column column = Schemas.column(variable);
                columns.add((text.get(text.size() - 1) ? column : column.cast("double")).as("over" + text.size()));
            }
            ExpressionTranslator numbers = new ExpressionTranslator(sample);
            List<Nlcom.Function> generated = command.generated();
            for (int k = 0; k < generated.size(); k++) {
                columns.add(numbers.number(generated.get(k).expression()).cast("double").as("generated" + k));
            }
            return new Sampled(new SampleRows(sample.select(columns.toArray(Column[]::new))), 
                    new Columns(inputs, text, generated.size()));
        }
    }

    /** What is to be summed in each group; under the empty list where it is the same in all of them. */
    private static Map<List<Object>, Cells> cells(MarginsPlan plan, Sampled sampled) {
        Map<List<Object>, Cells> cells = new HashMap<>();
        if (!plan.needsSummaries()) {
            cells.put(List.of(), plan.cells(plan.summaries()));
            return cells;
        }
        CovariateSummaries none = plan.summaries();
        Map<List<Object>, CovariateSummaries> summaries = new HashMap<>();
        Columns read = sampled.read;
        for (HashMap<List<Object>, CovariateSummaries> part : sampled.rows.onAll(some -> grouped(some, read,
                g -> SerializationUtils.clone(none), CovariateSummaries::add))) {
            part.forEach((group, s) -> summaries.merge(group, s, CovariateSummaries::merge));
        }
        summaries.forEach((group, s) -> cells.put(group, plan.cells(s)));
        return cells;
    }

    private static HashMap<List<Object>, MarginKernel> kernels(MarginsPlan plan, Map<List<Object>, Cells> cells) {
        HashMap<List<Object>, MarginKernel> kernels = new HashMap<>();
        cells.forEach((group, c) -> kernels.put(group, plan.kernel(c)));
        return kernels;
    }

    private static Map<List<Object>, MarginSums> sums(Sampled sampled, HashMap<List<Object>, MarginKernel> kernels) {
        Map<List<Object>, MarginSums> all = new HashMap<>();
        Columns read = sampled.read;
        for (HashMap<List<Object>, Partial> part : sampled.rows.onAll(some -> grouped(some, read, group -> {
            MarginKernel kernel = kernels.getOrDefault(group, kernels.get(List.of()));
            return new Partial(kernel, kernel.none());
        }, (partial, row) -> partial.kernel.add(row, partial.sums)))) {
            part.forEach((group, partial) -> all.merge(group, partial.sums, MarginSums::merge));
        }
        return all;
    }

    /** Sums of the rows of one partition, with what makes them. */
    private static final class Partial implements Serializable {
        private static final long serialVersionUID = 1L;
        private final transient MarginKernel kernel;
        private final MarginSums sums;

        Partial(MarginKernel kernel, MarginSums sums) {
            this.kernel = kernel;
            this.sums = sums;
        }
    }

    /** Adds the complete rows of a partition group by group. */
    private static <S> HashMap<List<Object>, S> grouped(Iterator<InternalRow> rows, Columns read, Function<List<Object>, S> none,
                                                        BiConsumer<S, double[]> add) {
        HashMap<List<Object>, S> sums = new HashMap<>();
        SampleReader reader = new SampleReader(read.inputs);
        List<Boolean> text = read.text;
        double[] values = new double[reader.row.length + read.generated];
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (!reader.read(row)) {
                continue;
            }
            List<Object> group = new ArrayList<>(text.size());
            for (int k = 0; k < text.size(); k++) {
                int at = reader.columns() + k;
                group.add(row.isNullAt(at) ? null : text.get(k) ? row.getUTF8String(at).toString() : (Object) row.getDouble(at));
            }
            if (!group.contains(null) && complete(row, reader, read, values)) {
                S ofGroup = sums.get(group);
                if (ofGroup == null) {
                    if (sums.size() == MOST_GROUPS) {
                        throw EchelonException.misuse("margins, over(): more than " + MOST_GROUPS + " groups");
                    }
                    ofGroup = none.apply(group);
                    sums.put(group, ofGroup);
                }
                add.accept(ofGroup, values);
            }
        }
        return sums;
    }

    /** Copies a row with what was generated for it; false where that is missing. */
    private static boolean complete(InternalRow row, SampleReader reader, Columns read, double[] values) {
        System.arraycopy(reader.row, 0, values, 0, reader.row.length);
        for (int k = 0; k < read.generated; k++) {
            int at = reader.columns() + read.text.size() + k;
            if (row.isNullAt(at) || Double.isNaN(row.getDouble(at))) {
                return false;
            }
            values[reader.row.length + k] = row.getDouble(at);
        }
        return true;
    }

    /** Groups in ascending order, texts numbered in the order of the alphabet. */
    private static ComparedMargins numbered(MarginsPlan plan, Map<List<Object>, Summed> sums, List<String> over,
                                            LevelCounts counts) {
        Map<String, List<String>> labels = new HashMap<>();
        for (int k = 0; k < over.size(); k++) {
            TreeSet<String> texts = new TreeSet<>();
            int at = k;
            sums.keySet().stream().map(g -> g.get(at)).filter(String.class::isInstance).forEach(t -> texts.add((String) t));
            if (!texts.isEmpty()) {
                labels.put(over.get(k), List.copyOf(texts));
            }
        }
        Map<List<Double>, Summed> numbered = new HashMap<>();
        sums.forEach((group, s) -> {
            List<Double> levels = new ArrayList<>();
            for (int k = 0; k < group.size(); k++) {
                levels.add(group.get(k) instanceof Double d ? d : labels.get(over.get(k)).indexOf(group.get(k)) + 1.0);
            }
            numbered.put(levels, s);
        });
        Comparator<List<Double>> order = Comparator.comparing(g -> 0);
        for (int k = 0; k < over.size(); k++) {
            int at = k;
            order = order.thenComparingDouble(g -> g.get(at));
        }
        Map<List<Double>, Summed> ordered = new LinkedHashMap<>();
        numbered.keySet().stream().sorted(order).forEach(g -> ordered.put(g, numbered.get(g)));
        return plan.compared(ordered, labels, counts);
    }
}

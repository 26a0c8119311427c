package io.echelon.estimate.linear;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Identity;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.design.Residuals;
import io.echelon.design.ResponseColumns;
import io.echelon.design.Source;
import io.echelon.estimate.Table;
import io.echelon.group.BlockMoments;
import io.echelon.group.CrossedMoments;
import io.echelon.group.CrossedMomentsBuilder;
import io.echelon.group.GroupBlockBuilder;
import io.echelon.group.GroupLayout;
import io.echelon.group.LocalParts;
import io.echelon.group.MomentLayout;
import io.echelon.group.Moments;
import io.echelon.group.MomentsBuilder;
import io.echelon.group.NodeKeys;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.group.WeightScaling;
import io.echelon.group.WorkingRow;
import io.echelon.residual.ResidualModel;
import io.echelon.spec.CommandName;
import io.echelon.spec.DisplayOptions;
import io.echelon.spec.FixedEquation;
import io.echelon.spec.GeneralizedOptions;
import io.echelon.spec.LinearOptions;
import io.echelon.spec.MaximizeOptions;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.Sample;
import io.echelon.spec.Vce;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** A linear mixed model put together by hand, with its cross-products. */
public final class TestModel {
    private final Table table;
    private final String response;
    private final List<Column> fixed = new ArrayList<>();
    private final LinkedHashMap<String, List<Effects>> levels = new LinkedHashMap<>();
    private final Set<String> crossed = new HashSet<>();
    private boolean noconstant;
    private boolean reml;
    private MaximizeOptions maximize = MaximizeOptions.defaults();
    private Optional<Residuals> residuals = Optional.empty();
    private final Map<String, String> weights = new HashMap<>();
    private boolean frequencies;
    private boolean robust;
    private Optional<LinearOptions.DfMethod> dfMethod = Optional.empty();

    public TestModel(Table table, String response) {
        this.table = table;
        this.response = response;
    }

    /** Adds fixed-effects columns: {@code x}, {@code i.g} (first level the base), {@code ibn.g}, {@code a#b} of factors. */
    public TestModel x(String... terms) {
        for (String term : terms) {
            fixed.addAll(expand(term));
        }
        return this;
    }

    public TestModel noconstant() {
        noconstant = true;
        return this;
    }

    public TestModel reml() {
        reml = true;
        return this;
    }

    public TestModel maximize(MaximizeOptions options) {
        maximize = options;
        return this;
    }

    /** Adds an equation; {@code _cons} is written out. */
    public TestModel level(String variable, Covariance covariance, String... columns) {
        List<Column> all = new ArrayList<>();
        for (String c : columns) {
            all.addAll(c.equals("_cons") ? List.of(Column.constant()) : expand(c));
        }
        levels.computeIfAbsent(variable, v -> new ArrayList<>()).add(new Effects(all, covariance));
        return this;
    }

    /** Adds an equation on a grouping of its own, crossed with those before it. */
    public TestModel crossed(String variable, Covariance covariance, String... columns) {
        crossed.add(variable);
        return level(variable, covariance, columns);
    }

    /** Adds {@code _all: R.variable}. */
    public TestModel r(String variable) {
        levels.put("R." + variable, List.of(new Effects(List.of(Column.constant()), new Identity(1),
                Optional.of(variable))));
        return this;
    }

    /** Adds a level without random effects. */
    public TestModel level(String variable) {
        levels.put(variable, new ArrayList<>());
        return this;
    }

    private List<Column> expand(String term) {
        List<List<Column.Part>> products = List.of(List.of());
        List<List<String>> names = List.of(List.of());
        boolean based = false;
        String[] factors = term.split("#");
        for (String factor : factors) {
            boolean noBase = factor.startsWith("ibn.");
            boolean indicator = noBase || factor.startsWith("i.");
            String variable = indicator ? factor.substring(factor.indexOf('.') + 1) : factor;
            int source = table.names().indexOf(variable);
            List<List<Column.Part>> nextProducts = new ArrayList<>();
            List<List<String>> nextNames = new ArrayList<>();
            List<Double> values = indicator
                    ? List.copyOf(new TreeSet<>(Arrays.stream(table.column(variable)).boxed().toList()))
                    : List.of(Double.NaN);
            for (int i = 0; i < products.size(); i++) {
                for (double v : values) {
                    List<Column.Part> parts = new ArrayList<>(products.get(i));
                    parts.add(new Column.Part(source, v));
                    nextProducts.add(parts);
                    List<String> name = new ArrayList<>(names.get(i));
                    name.add(indicator ? (long) v + "." + variable : variable);
                    nextNames.add(name);
                }
            }
            based |= indicator && !noBase;
            products = nextProducts;
            names = nextNames;
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < products.size(); i++) {
            Column.Status status = based && i == 0 ? Column.Status.BASE : Column.Status.ESTIMATED;
            columns.add(new Column(String.join("#", names.get(i)), products.get(i), status));
        }
        return columns;
    }

    /** Gives the residuals a structure; {@code categories} are values of {@code by}, both null where there is one. */
    public TestModel residuals(ResidualModel model, String time, String by, double... categories) {
        residuals = Optional.of(new Residuals(model, index(time), index(by), categories));
        return this;
    }

    private OptionalInt index(String variable) {
        return variable == null ? OptionalInt.empty() : OptionalInt.of(table.names().indexOf(variable));
    }

    /** Weighs rows ({@code _row}) or the groups of a level by a variable. */
    public TestModel weight(String level, String variable, boolean frequency) {
        weights.put(level, variable);
        frequencies = frequency;
        return this;
    }

    /** Small-sample tests. */
    public TestModel df(LinearOptions.DfMethod.Name name, boolean expectedInformation) {
        dfMethod = Optional.of(new LinearOptions.DfMethod(name, expectedInformation));
        return this;
    }

    /** Sandwich standard errors. */
    public TestModel robust() {
        robust = true;
        return this;
    }

    /** The bound model. */
    public Design design() {
        ModelSpec spec = new ModelSpec("mixed " + response, CommandName.MIXED,
                new FixedEquation(response, List.of(), noconstant, Optional.empty(), Optional.empty(), false),
                new Sample(Optional.empty(), Optional.empty(), Optional.empty()), List.of(),
                new LinearOptions(reml, Optional.empty(), dfMethod, Optional.empty(), false, false, Optional.empty()),
                GeneralizedOptions.defaults(),
                robust ? Optional.of(new Vce.Robust()) : Optional.empty(), maximize, DisplayOptions.defaults());
        List<Column> columns = new ArrayList<>(fixed);
        if (!noconstant) {
            columns.add(Column.constant());
        }
        List<Level> all = new ArrayList<>();
        List<String> path = new ArrayList<>();
        levels.forEach((variable, effects) -> {
            if (variable.startsWith("R.")) {
                all.add(new Level("_all", List.of("_all"), List.of(variable.substring(2)), effects));
                return;
            }
            if (crossed.contains(variable)) {
                all.add(new Level(variable, List.of(variable), effects));
                return;
            }
            path.add(variable);
            all.add(new Level(variable, path, effects));
        });
        List<Source> sources = table.names().stream().map(n -> new Source(n, Optional.empty())).toList();
        return new Design(spec, sources, table.names().indexOf(response), columns, all, OptionalInt.empty(),
                Optional.empty(), List.of(), residuals, ResponseColumns.none(), OptionalInt.empty());
    }

    /** Shift and scale from the means and standard deviations of the columns. */
    public Standardization standardization() {
        Design design = design();
        WorkingRow raw = new WorkingRow(design, Standardization.none(design));
        int width = MomentLayout.of(design).width();
        double[] mean = new double[width];
        double[] sd = new double[width];
        double[] row = new double[width];
        for (int r = 0; r < table.rows(); r++) {
            raw.fill(sources(r), row);
            for (int c = 0; c < width; c++) {
                mean[c] += row[c] / table.rows();
            }
        }
        for (int r = 0; r < table.rows(); r++) {
            raw.fill(sources(r), row);
            for (int c = 0; c < width; c++) {
                sd[c] += (row[c] - mean[c]) * (row[c] - mean[c]) / table.rows();
            }
        }
        for (int c = 0; c < width; c++) {
            sd[c] = Math.sqrt(sd[c]);
        }
        return Standardization.of(design, mean, sd);
    }

    private double[] sources(int row) {
        double[] values = new double[table.names().size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = table.column(table.names().get(c))[row];
        }
        return values;
    }

    /** Cross-products in the given number of parts, top-level groups dealt out in turn. */
    public PartStore<Moments> moments(Standardization standardization, int parts) {
        Design design = design();
        int depth = levels.size();
        // Packed rows are in original units, and standardised when their cross-products are made.
        boolean blocks = residuals.isPresent() || !weights.isEmpty() || robust;
        WorkingRow working = new WorkingRow(design, blocks ? Standardization.none(design) : standardization);
        List<Rows> builders = new ArrayList<>();
        List<List<List<Long>>> keys = new ArrayList<>();
        List<Map<List<Long>, Integer>> nodes = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            builders.add(blocks ? new BlockRows(MomentLayout.of(design), standardization) : new PlainRows(MomentLayout.of(design)));
            nodes.add(new HashMap<>());
            List<List<Long>> byLevel = new ArrayList<>();
            for (int l = 0; l < depth; l++) {
                byLevel.add(new ArrayList<>());
            }
            keys.add(byLevel);
        }
        Map<Long, Integer> partOf = new HashMap<>();
        double[] row = new double[MomentLayout.of(design).width() + 3];
        List<String> variables = List.copyOf(levels.keySet());
        for (int r = 0; r < table.rows(); r++) {
            int[] path = new int[depth];
            int at = r;
            long top = variables.isEmpty() ? 0 : (long) table.column(variables.get(0))[r];
            int part = partOf.computeIfAbsent(top, t -> partOf.size() % parts);
            List<Long> key = new ArrayList<>();
            for (int l = 0; l < path.length; l++) {
                key.add((long) table.column(variables.get(l))[r]);
                int level = l;
                int parent = l == 0 ? -1 : path[l - 1];
                List<Long> here = List.copyOf(key);
                path[l] = nodes.get(part).computeIfAbsent(here, k -> {
                    keys.get(part).get(level).add(here.get(level));
                    return builders.get(part).node(level, parent, at);
                });
            }
            working.fill(sources(r), row);
            builders.get(part).add(path, row, r);
        }
        List<Moments> all = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            NodeKeys[] values = new NodeKeys[depth];
            for (int l = 0; l < values.length; l++) {
                values[l] = new NodeKeys.Whole(keys.get(i).get(l).stream().mapToLong(Long::longValue).toArray());
            }
            all.add(builders.get(i).build(values));
        }
        return new LocalParts<>(all);
    }

    /** Cross-products of a model with crossed effects, with the given level as the leaf; −1 for the best one. */
    public CrossedMoments crossedMoments(Standardization standardization, int leaf) {
        Design design = design();
        WorkingRow working = new WorkingRow(design, standardization);
        CrossedMomentsBuilder builder = new CrossedMomentsBuilder(MomentLayout.of(design));
        List<List<List<Double>>> paths = new ArrayList<>();
        List<Map<List<Double>, Integer>> nodes = new ArrayList<>();
        for (int l = 0; l < design.levels().size(); l++) {
            paths.add(new ArrayList<>());
            for (int r = 0; r < table.rows(); r++) {
                int row = r;
                paths.get(l).add(design.levels().get(l).grouping().stream().map(v -> table.column(v)[row]).toList());
            }
            Map<List<Double>, Integer> numbers = new HashMap<>();
            paths.get(l).stream().distinct().sorted(Comparator.comparing(List::toString))
                    .forEach(key -> numbers.put(key, numbers.size()));
            nodes.add(numbers);
        }
        double[] row = new double[MomentLayout.of(design).width()];
        for (int r = 0; r < table.rows(); r++) {
            int[] node = new int[paths.size()];
            for (int l = 0; l < node.length; l++) {
                node[l] = nodes.get(l).get(paths.get(l).get(r));
            }
            working.fill(sources(r), row);
            builder.add(node, row);
        }
        NodeKeys[][] keys = new NodeKeys[paths.size()][];
        for (int l = 0; l < keys.length; l++) {
            keys[l] = new NodeKeys[design.levels().get(l).grouping().size()];
            for (int v = 0; v < keys[l].length; v++) {
                long[] values = new long[nodes.get(l).size()];
                int variable = v;
                nodes.get(l).forEach((key, node) -> values[node] = key.get(variable).longValue());
                keys[l][v] = new NodeKeys.Whole(values);
            }
        }
        return leaf < 0 ? builder.build(keys) : builder.build(keys, leaf);
    }

    /** Takes rows node by node. */
    private interface Rows {
        int node(int level, int parent, int row);

        void add(int[] path, double[] values, int row);

        Moments build(NodeKeys[] keys);
    }

    private static final class PlainRows implements Rows {
        private final MomentsBuilder builder;

        PlainRows(MomentLayout layout) {
            builder = new MomentsBuilder(layout);
        }

        @Override
        public int node(int level, int parent, int row) {
            return builder.node(level, parent);
        }

        @Override
        public void add(int[] path, double[] values, int row) {
            builder.add(path, values);
        }

        @Override
        public Moments build(NodeKeys[] keys) {
            return builder.build(keys);
        }
    }

    private final class BlockRows implements Rows {
        private final Standardization standardization;
        private final GroupLayout layout;
        private final GroupBlockBuilder builder;

        BlockRows(MomentLayout moments, Standardization standardization) {
            this.standardization = standardization;
            layout = new GroupLayout(moments.effects(), moments.fixed(),
                    List.of(GroupLayout.Extra.WEIGHT, GroupLayout.Extra.TIME, GroupLayout.Extra.CATEGORY));
            builder = new GroupBlockBuilder(layout);
        }

        private double value(String variable, int row, double otherwise) {
            return variable == null ? otherwise : table.column(variable)[row];
        }

        @Override
        public int node(int level, int parent, int row) {
            int node = builder.node(level, parent);
            builder.weight(level, node, value(weights.get(List.copyOf(levels.keySet()).get(level)), row, 1));
            return node;
        }

        @Override
        public void add(int[] path, double[] values, int row) {
            double[] from = sources(row);
            values[layout.place(GroupLayout.Extra.WEIGHT)] = value(weights.get("_row"), row, 1);
            values[layout.place(GroupLayout.Extra.TIME)] = residuals.filter(r -> r.time().isPresent())
                    .map(r -> from[r.time().getAsInt()]).orElse(0.0);
            values[layout.place(GroupLayout.Extra.CATEGORY)] = residuals.filter(r -> r.by().isPresent())
                    .map(r -> (double) Arrays.binarySearch(r.categories(), from[r.by().getAsInt()])).orElse(0.0);
            builder.add(path.length == 0 ? 0 : path[path.length - 1], Arrays.copyOf(values, layout.width()));
        }

        @Override
        public Moments build(NodeKeys[] keys) {
            return BlockMoments.of(builder.build(keys), standardization, design().summedResiduals().orElse(null),
                    new WeightScaling(frequencies, null), robust);
        }
    }

    /** Fits the model from one part. */
    public MixedFit fit() {
        return fit(1);
    }

    /** Fits a model with crossed effects. */
    public CrossedFit fitCrossed() {
        Standardization standardization = standardization();
        return MixedEstimator.fit(design(), crossedMoments(standardization, -1), standardization, iteration -> { });
    }

    /** Fits the model from several parts. */
    public MixedFit fit(int parts) {
        Standardization standardization = standardization();
        return MixedEstimator.fit(design(), moments(standardization, parts), standardization, iteration -> { });
    }
}

package io.echelon.estimate.generalized;

import io.echelon.command.CommandReader;
import io.echelon.covariance.Covariance;
import io.echelon.covariance.Exchangeable;
import io.echelon.covariance.Fixed;
import io.echelon.covariance.Identity;
import io.echelon.covariance.Independent;
import io.echelon.covariance.Pattern;
import io.echelon.covariance.Unstructured;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.design.ResponseColumns;
import io.echelon.design.Source;
import io.echelon.estimate.Table;
import io.echelon.fit.Iteration;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupBlockBuilder;
import io.echelon.group.GroupLayout;
import io.echelon.group.GroupRow;
import io.echelon.group.LocalParts;
import io.echelon.group.NodeKeys;
import io.echelon.spec.CovarianceChoice;
import io.echelon.spec.Factor;
import io.echelon.spec.LinearConstraint;
import io.echelon.spec.ModelSpec;
import io.echelon.spec.RandomEquation;
import io.echelon.spec.Statement;
import io.echelon.spec.Term;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/** A generalized model put together from a command and a small table, with its packed rows. */
public final class GeneralizedTestModel {
    private final Table table;
    private final ModelSpec spec;
    private final Map<String, double[][]> matrices = new HashMap<>();
    private final List<LinearConstraint> constraints = new ArrayList<>();
    private final Map<GroupLayout.Extra, String> extras = new EnumMap<>(GroupLayout.Extra.class);

    public GeneralizedTestModel(Table table, String command) {
        this.table = table;
        spec = ((Statement.Estimation) CommandReader.read(command)).spec();
    }

    public GeneralizedTestModel matrix(String name, double[][] values) {
        matrices.put(name, values);
        return this;
    }

    public GeneralizedTestModel constraint(String text) {
        constraints.add(((Statement.ConstraintDefine) CommandReader.read(text)).constraint());
        return this;
    }

    public GeneralizedTestModel extra(GroupLayout.Extra extra, String column) {
        extras.put(extra, column);
        return this;
    }

    private List<Column> expand(List<Term> terms, boolean noconstant) {
        List<Column> all = new ArrayList<>();
        for (Term t : terms) {
            if (t.factors().size() == 1 && t.factors().get(0) instanceof Factor.Continuous c) {
                for (String name : matching(c.variable())) {
                    all.add(new Column(name, List.of(new Column.Part(table.names().indexOf(name), Double.NaN)),
                            Column.Status.ESTIMATED));
                }
            } else {
                all.addAll(product(t));
            }
        }
        if (!noconstant) {
            all.add(Column.constant());
        }
        return all;
    }

    private List<String> matching(String pattern) {
        if (pattern.contains("-")) {
            String[] ends = pattern.split("-");
            List<String> names = table.names();
            return names.subList(names.indexOf(ends[0]), names.indexOf(ends[1]) + 1);
        }
        String regex = pattern.replace("*", ".*");
        return table.names().stream().filter(n -> n.matches(regex)).toList();
    }

    private List<Column> product(Term t) {
        List<Column> columns = List.of(new Column("", List.of(), Column.Status.ESTIMATED));
        for (Factor f : t.factors()) {
            int source = table.names().indexOf(f.variable());
            List<Column> next = new ArrayList<>();
            for (Column c : columns) {
                String prefix = c.name().isEmpty() ? "" : c.name() + "#";
                if (f instanceof Factor.Continuous) {
                    List<Column.Part> parts = new ArrayList<>(c.parts());
                    parts.add(new Column.Part(source, Double.NaN));
                    next.add(new Column(prefix + "c." + f.variable(), parts, c.status()));
                    continue;
                }
                TreeSet<Double> values = new TreeSet<>();
                for (double v : table.column(f.variable())) {
                    values.add(v);
                }
                boolean first = true;
                for (double v : values) {
                    List<Column.Part> parts = new ArrayList<>(c.parts());
                    parts.add(new Column.Part(source, v));
                    next.add(new Column(prefix + (long) v + "." + f.variable(), parts,
                            first ? Column.Status.BASE : c.status()));
                    first = false;
                }
            }
            columns = next;
        }
        return columns;
    }

    private Covariance covariance(RandomEquation e, int q) {
        CovarianceChoice c = e.covariance().orElse(e.factor().isPresent() ? new CovarianceChoice.Identity()
                : new CovarianceChoice.Independent());
        if (c instanceof CovarianceChoice.Unstructured) {
            return new Unstructured(q);
        } else if (c instanceof CovarianceChoice.Exchangeable) {
            return new Exchangeable(q);
        } else if (c instanceof CovarianceChoice.Identity) {
            return new Identity(q);
        } else if (c instanceof CovarianceChoice.Fixed f) {
            return new Fixed(matrices.get(f.matrix()));
        } else if (c instanceof CovarianceChoice.Pattern f) {
            return new Pattern(matrices.get(f.matrix()));
        }
        return q == 1 ? new Identity(1) : new Independent(q);
    }

    /** The bound model. */
    public Design design() {
        LinkedHashMap<String, List<Effects>> effects = new LinkedHashMap<>();
        for (int i = 0; i < spec.random().size(); i++) {
            RandomEquation e = spec.random().get(i);
            // The constant belongs to the last equation of a level.
            boolean last = spec.random().stream().skip(i + 1L).noneMatch(o -> o.level().equals(e.level()));
            List<Column> columns = e.factor().isPresent() ? indicators(e.factor().get())
                    : expand(e.terms(), e.noconstant() || !last);
            effects.computeIfAbsent(e.level(), k -> new ArrayList<>())
                    .add(new Effects(columns, covariance(e, columns.size()), e.factor()));
        }
        List<Level> levels = new ArrayList<>();
        List<String> path = new ArrayList<>();
        effects.forEach((variable, equations) -> {
            if (!(path.size() == 1 && path.get(0).equals(RandomEquation.ALL))) {
                path.add(variable);
                levels.add(new Level(variable, path, equations));
            } else {
                path.set(0, variable);
                levels.add(new Level(variable, path, equations));
            }
        });
        List<Source> sources = table.names().stream().map(n -> new Source(n, Optional.empty())).toList();
        Optional<Design.Offset> offset = spec.fixed().offset().map(v -> new Design.Offset(table.names().indexOf(v), false))
                .or(() -> spec.fixed().exposure().map(v -> new Design.Offset(table.names().indexOf(v), true)));
        return new Design(spec, sources, table.names().indexOf(spec.fixed().response()),
                expand(spec.fixed().terms(), spec.fixed().noconstant() || spec.ordinal()), levels, OptionalInt.empty(),
                offset, List.of(), Optional.empty(), responseColumns(), OptionalInt.empty());
    }

    private ResponseColumns responseColumns() {
        Optional<String> trials = spec.trials();
        if (trials.isEmpty()) {
            return new ResponseColumns(OptionalInt.empty(), Double.NaN, column(GroupLayout.Extra.ENTRY),
                    column(GroupLayout.Extra.EVENT), Optional.empty());
        }
        return trials.get().matches("\\d+") ? ResponseColumns.trials(Double.parseDouble(trials.get()))
                : ResponseColumns.trials(table.names().indexOf(trials.get()));
    }

    private OptionalInt column(GroupLayout.Extra extra) {
        return extras.containsKey(extra) ? OptionalInt.of(table.names().indexOf(extras.get(extra))) : OptionalInt.empty();
    }

    private List<Column> indicators(String factor) {
        TreeSet<Double> values = new TreeSet<>();
        for (double v : table.column(factor)) {
            values.add(v);
        }
        return values.stream().map(v -> new Column("R." + factor,
                List.of(new Column.Part(table.names().indexOf(factor), v)), Column.Status.ESTIMATED)).toList();
    }

    /** Packed rows in two parts. */
    public LocalParts<GroupBlock> parts() {
        Design design = design();
        GroupRow packed = new GroupRow(design);
        TreeMap<Double, List<Integer>> byTop = new TreeMap<>();
        for (int r = 0; r < table.rows(); r++) {
            byTop.computeIfAbsent(key(design.levels().get(0).variable(), r), k -> new ArrayList<>()).add(r);
        }
        List<GroupBlock> blocks = new ArrayList<>();
        List<List<Integer>> groups = List.copyOf(byTop.values());
        int half = (groups.size() + 1) / 2;
        for (int from = 0; from < groups.size(); from += half) {
            blocks.add(block(design, packed, groups.subList(from, Math.min(groups.size(), from + half))));
        }
        return new LocalParts<>(blocks);
    }

    private double key(String variable, int row) {
        return variable.equals(RandomEquation.ALL) ? 0 : table.column(variable)[row];
    }

    private GroupBlock block(Design design, GroupRow packed, List<List<Integer>> groups) {
        GroupBlockBuilder builder = new GroupBlockBuilder(packed.layout());
        int levels = design.levels().size();
        List<Map<String, Integer>> nodes = new ArrayList<>();
        List<List<String>> keys = new ArrayList<>();
        for (int l = 0; l < levels; l++) {
            nodes.add(new HashMap<>());
            keys.add(new ArrayList<>());
        }
        double[] row = new double[packed.layout().width()];
        for (List<Integer> group : groups) {
            for (int r : group) {
                String path = "";
                int node = -1;
                for (int l = 0; l < levels; l++) {
                    double k = key(design.levels().get(l).variable(), r);
                    path += k + "/";
                    Integer known = nodes.get(l).get(path);
                    if (known == null) {
                        known = builder.node(l, node);
                        nodes.get(l).put(path, known);
                        keys.get(l).add(String.valueOf(k));
                    }
                    node = known;
                }
                double[] sources = new double[table.names().size()];
                for (int c = 0; c < sources.length; c++) {
                    sources[c] = table.column(table.names().get(c))[r];
                }
                packed.fill(sources, row);
                builder.add(node, row);
            }
        }
        return builder.build(keys.stream().map(k -> new NodeKeys.Text(k.toArray(String[]::new))).toArray(NodeKeys[]::new));
    }

    /** Fits the model. */
    public GeneralizedFit fit() {
        return fit(i -> { });
    }

    public GeneralizedFit fit(java.util.function.Consumer<Iteration> log) {
        return GeneralizedEstimator.fit(design(), parts(), constraints, matrices, log);
    }
}

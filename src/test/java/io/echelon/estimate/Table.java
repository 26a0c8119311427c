package io.echelon.estimate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Assumptions;

/** A small data set in memory: numbers by column; text columns are numbered in sorted order from 1. */
public final class Table {
    private final Map<String, double[]> columns = new LinkedHashMap<>();

    /** A data set of ../shared/data; the test is skipped where that folder is absent. */
    public static Table shared(String file) {
        Path path = Path.of(System.getProperty("echelon.shared"), "data", file);
        Assumptions.assumeTrue(Files.exists(path), "needs " + path + ", which may not be published with the project");
        try {
            List<String> lines = Files.readAllLines(path);
            String[] names = lines.get(0).split(",");
            Table table = new Table();
            for (int c = 0; c < names.length; c++) {
                List<String> cells = new ArrayList<>();
                for (String line : lines.subList(1, lines.size())) {
                    cells.add(line.split(",", -1)[c]);
                }
                table.columns.put(names[c], numbers(cells));
            }
            return table;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(List<String> cells) {
        try {
            return cells.stream().mapToDouble(Double::parseDouble).toArray();
        } catch (NumberFormatException text) {
            List<String> sorted = List.copyOf(new TreeSet<>(cells));
            Map<String, Integer> code = new HashMap<>();
            sorted.forEach(s -> code.put(s, code.size() + 1));
            return cells.stream().mapToDouble(code::get).toArray();
        }
    }

    /** Adds or replaces a column. */
    public Table with(String name, double[] values) {
        Table t = new Table();
        t.columns.putAll(columns);
        t.columns.put(name, values);
        return t;
    }

    /** Adds a column computed row by row. */
    public Table with(String name, ToDoubleFunction<Map<String, Double>> f) {
        int n = rows();
        double[] values = new double[n];
        for (int r = 0; r < n; r++) {
            Map<String, Double> row = new HashMap<>();
            for (Map.Entry<String, double[]> e : columns.entrySet()) {
                row.put(e.getKey(), e.getValue()[r]);
            }
            values[r] = f.applyAsDouble(row);
        }
        return with(name, values);
    }

    /** The rows in another order. */
    public Table inOrder(int[] order) {
        Table t = new Table();
        columns.forEach((name, v) -> t.columns.put(name, Arrays.stream(order).mapToDouble(i -> v[i]).toArray()));
        return t;
    }

    /** Number of rows. */
    public int rows() {
        return columns.values().iterator().next().length;
    }

    /** Values of a column. */
    public double[] column(String name) {
        return columns.get(name);
    }

    /** Column names in order. */
    public List<String> names() {
        return List.copyOf(columns.keySet());
    }
}

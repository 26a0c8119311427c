package io.echelon.residual;

import io.echelon.linalg.Jet;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;

/**
 * Residuals of a model: one structure for each category of {@code by()}, or one for all. Rows of different categories are
 * independent. With σ² the variance of the first category, category c has the covariance matrix σ² exp(2 δ_c) R_c.
 *
 * <p>The parameters beside σ² stand one after the other: those of the first structure, then for each further category
 * δ_c and those of its structure.
 *
 * @param structures a structure for each category
 * @param by         the variable of {@code by()} and the names of its categories, or null
 * @param time       the variable of {@code t()}, or null
 */
public record ResidualModel(List<Residual> structures, By by, String time) implements Serializable {
    /** A variable and its categories as they are printed, in their order. */
    public record By(String variable, List<String> categories) implements Serializable {
        public By {
            categories = List.copyOf(categories);
        }
    }

    /** A residual parameter of one category. */
    public record Row(int category, Element element, Jet natural, Jet variance) {}

    public ResidualModel {
        structures = List.copyOf(structures);
    }

    /** Number of parameters beside σ². */
    public int parameters() {
        return first(structures.size());
    }

    /** Where the parameters of a category start. */
    private int first(int category) {
        int at = 0;
        for (int c = 0; c < category; c++) {
            at += structures.get(c).parameters() + ratios(c);
        }
        return at;
    }

    private static int ratios(int category) {
        return category == 0 ? 0 : 1;
    }

    /** The parameters of a category: positions among all. */
    public int[] variables(int category) {
        int[] all = new int[structures.get(category).parameters() + ratios(category)];
        Arrays.setAll(all, i -> first(category) + i);
        return all;
    }

    /** Position of δ_c, or −1 for the first category. */
    public int ratio(int category) {
        return category == 0 ? -1 : first(category);
    }

    /** Title of the table: {@code AR(1)}, {@code Independent, by female}. */
    public String title() {
        return structures.get(0).title() + (by == null ? "" : ", by " + by.variable());
    }

    /** ln of the (first) standard deviation of each category, less that of the first category. */
    public double[] logDeviations(double[] parameters) {
        double[] all = new double[structures.size()];
        for (int c = 1; c < all.length; c++) {
            all[c] = parameters[ratio(c)];
        }
        return all;
    }

    /** ln of the ratio of the largest (first) standard deviation of a category to the smallest. */
    public double spread(double[] parameters) {
        DoubleSummaryStatistics all = Arrays.stream(logDeviations(parameters)).summaryStatistics();
        return all.getMax() - all.getMin();
    }

    /** Whether the covariance matrix is linear in the variances and covariances that the tables show. */
    public boolean linear() {
        return structures.stream().flatMap(s -> s.elements().stream()).allMatch(
                e -> e.kind() == Element.Kind.VARIANCE || e.kind() == Element.Kind.COVARIANCE);
    }

    /**
     * The same model with stationary series inverted whole.
     *
     * @param curvature with the parameters ε_ij of {@link Whole} after those of each structure
     */
    public ResidualModel whole(boolean curvature) {
        return new ResidualModel(structures.stream()
                .map(s -> s instanceof Stationary own ? new Whole(own, curvature) : s).toList(), by, time);
    }

    /** Where the parameters a of a category start, after δ_c. */
    public int firstOwn(int category) {
        return first(category) + ratios(category);
    }

    /** Parameters to start from: equal variances. */
    public double[] start() {
        double[] start = new double[parameters()];
        for (int c = 0; c < structures.size(); c++) {
            double[] a = structures.get(c).start();
            System.arraycopy(a, 0, start, firstOwn(c), a.length);
        }
        return start;
    }

    /** Whether there are better parameters to start from than {@link #start()}. */
    public boolean startsFromProducts() {
        return structures.stream().allMatch(s -> s.products() > 0);
    }

    /**
     * Parameters to start from, then σ², at which variances and covariances are means of products of residuals.
     *
     * @param sums      for each category as {@link Residual#addProducts} left them
     * @param shrinkage what the covariances are multiplied with
     */
    public double[] start(double[][] sums, double shrinkage) {
        double[] start = new double[parameters() + 1];
        for (int c = 0; c < structures.size(); c++) {
            double[] own = structures.get(c).start(sums[c], shrinkage);
            System.arraycopy(own, 1, start, firstOwn(c), own.length - 1);
            if (c == 0) {
                start[parameters()] = own[0];
            } else {
                start[ratio(c)] = Math.log(own[0] / start[parameters()]) / 2;
            }
        }
        return start;
    }

    /**
     * Coefficients of a piece of a category's inverse covariance matrix over σ², with derivatives in the variables of the
     * category where asked for. The log-determinant is that of R_c alone.
     */
    public Coefficients coefficients(int category, Piece piece, double[] parameters, boolean derivatives) {
        double[] own = Arrays.stream(variables(category)).mapToDouble(i -> parameters[i]).toArray();
        Jet[] local = derivatives ? Jet.variables(own) : Jet.constants(own);
        Jet one = Jet.constant(1, derivatives ? own.length : 0);
        Jet[] a = Arrays.copyOfRange(local, ratios(category), local.length);
        Coefficients c = structures.get(category).coefficients(piece, a, one);
        if (category == 0) {
            return c;
        }
        Jet precision = local[0].times(-2).exp();
        Jet[] scaled = Arrays.stream(c.components()).map(f -> f.times(precision)).toArray(Jet[]::new);
        return new Coefficients(scaled, c.logDeterminant());
    }

    /** What the tables show, with derivatives in all parameters and, last, ln σ. */
    public List<Row> rows(double[] parameters, double variance) {
        double[] all = Arrays.copyOf(parameters, parameters.length + 1);
        all[parameters.length] = Math.log(variance) / 2;
        Jet[] jets = Jet.variables(all);
        List<Row> rows = new ArrayList<>();
        for (int c = 0; c < structures.size(); c++) {
            Residual structure = structures.get(c);
            Jet ln = c == 0 ? jets[parameters.length] : jets[parameters.length].plus(jets[first(c)]);
            int from = firstOwn(c);
            Jet[] a = Arrays.copyOfRange(jets, from, from + structure.parameters());
            Jet base = ln.times(2).exp();
            Jet[] natural = structure.natural(a, base);
            for (int i = 0; i < natural.length; i++) {
                rows.add(new Row(c, structure.elements().get(i), natural[i], base));
            }
        }
        return rows;
    }

    /** Names of all parameters: {@code r_atr1}, {@code r_lns2ose}. */
    public List<String> parameterNames() {
        List<String> names = new ArrayList<>();
        for (int c = 0; c < structures.size(); c++) {
            String category = String.valueOf(c + 1);
            if (c > 0) {
                names.add("r_lns" + category + "ose");
            }
            for (String name : structures.get(c).parameterNames()) {
                names.add(structures.size() == 1 ? name : name + "_" + category);
            }
        }
        return names;
    }
}

package io.echelon.postestimation.margins;

import io.echelon.design.Column;
import io.echelon.postestimation.EstimateExpression;
import io.echelon.postestimation.predict.Differences;
import io.echelon.postestimation.predict.EffectLevel;
import io.echelon.postestimation.predict.FittedModel;
import io.echelon.postestimation.predict.MeanResponse;
import io.echelon.postestimation.predict.OutcomePrediction;
import io.echelon.spec.Margins;
import io.echelon.spec.RandomPart;
import io.echelon.spec.Statistic;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.analysis.differentiation.Gradient;

/**
 * Adds up, row by row, predictions F(η, s²; a) with their gradients, where s² = Σ z'Σz is the variance of the random
 * effects of a marginal prediction (else 0) and a are the ancillary parameters. Marginal predictions are convolutions with
 * a normal density, so that ∂F/∂s² = ½ ∂²F/∂η². For a derivative in a covariate, D = F_η η_x + ½ F_ηη s²_x. For use by one
 * thread.
 */
public final class MarginKernel implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Unit of the steps that tell how an expression changes, as a share of its predictions. */
    private static final double SMALL = 0.01;

    private final FittedModel model;
    private final Statistic statistic;
    private final boolean marginal;
    private final boolean offset;
    private final List<MarginCell.Bound> cells;
    private final boolean products;
    private final int weight;
    private EstimateExpression.Node expression;
    private List<MarginKernel> parts = List.of();
    private transient Work work;

    /** Space, and the prediction. */
    private static final class Work {
        final MeanResponse response;
        final OutcomePrediction outcomes;
        final double[] x;
        final double[] dx;
        final double[][] z;
        final double[][] dz;
        final double[] value;
        final double[] other;
        final double[] gradient;
        final double[] omitted;
        final double[] otherOmitted;
        final double[] xBase;
        double prediction;

        Work(FittedModel model, MeanResponse response, OutcomePrediction outcomes) {
            this.response = response;
            this.outcomes = outcomes;
            int p = model.columns().length;
            x = new double[p];
            xBase = new double[p];
            dx = new double[p];
            z = model.levels().stream().map(l -> new double[l.size()]).toArray(double[][]::new);
            dz = model.levels().stream().map(l -> new double[l.size()]).toArray(double[][]::new);
            int parameters = model.covariance().length;
            value = new double[parameters];
            other = new double[parameters];
            gradient = new double[parameters];
            omitted = new double[model.omitted().size()];
            otherOmitted = new double[omitted.length];
        }
    }

    /**
     * @param random   FIXEDONLY or MARGINAL
     * @param weight   place of the weight of a row among the sources, or −1
     * @param products whether cross-products of the columns are needed
     */
    MarginKernel(FittedModel model, Statistic statistic, RandomPart random, boolean offset, List<MarginCell.Bound> cells,
                 int weight, boolean products) {
        this.model = model;
        this.statistic = statistic;
        marginal = random == RandomPart.MARGINAL && !linear(statistic);
        this.offset = offset;
        this.cells = List.copyOf(cells);
        this.weight = weight;
        this.products = products;
    }

    /** Sums an expression of the predictions of other kernels of the same cells. */
    MarginKernel of(EstimateExpression.Node function, List<MarginKernel> predictions) {
        MarginKernel kernel = new MarginKernel(model, statistic, marginal ? RandomPart.MARGINAL : RandomPart.FIXEDONLY, offset,
                cells, weight, products);
        kernel.expression = function;
        kernel.parts = List.copyOf(predictions);
        return kernel;
    }

    private static boolean linear(Statistic statistic) {
        return statistic == Statistic.XB || statistic == Statistic.ETA;
    }

    /** Sums of no rows. */
    public MarginSums none() {
        return new MarginSums(cells.size(), model.covariance().length, model.columns().length + model.omitted().size(),
                products);
    }

    /** Adds a row of source values. */
    public void add(double[] row, MarginSums sums) {
        prepare();
        double w = weight < 0 ? 1 : row[weight];
        sums.rows++;
        sums.weight += w;
        for (int c = 0; c < cells.size(); c++) {
            MarginCell.Bound cell = cells.get(c);
            sums.values[c] += w * (cell.source() >= 0 ? slope(cell, row) : level(cell, row));
            scaleAdd(w, work.gradient, sums.gradients[c]);
            addColumns(w, sums.columns[c]);
        }
        if (products) {
            addProducts(row, w, sums.products);
        }
    }

    private void prepare() {
        if (work == null) {
            int outcomes = 1 + cells.stream().mapToInt(MarginCell.Bound::outcome).max().orElse(0);
            boolean several = model.multinomial().isPresent();
            work = new Work(model, several || linear(statistic) ? null : new MeanResponse(model.family().orElseThrow(),
                    model.ancillary(), statistic, outcomes), several && !linear(statistic)
                    ? new OutcomePrediction(model, model.multinomial().orElseThrow()) : null);
        }
    }


    private static void scaleAdd(double w, double[] from, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += w * from[i];
        }
    }

    private void addColumns(double w, double[] to) {
        int p = work.x.length;
        for (int j = 0; j < p; j++) {
            to[j] += w * work.x[j];
        }
        for (int j = 0; j < work.omitted.length; j++) {
            to[p + j] += w * work.omitted[j];
        }
    }

    private void addProducts(double[] row, double w, double[][] sums) {
        int p = work.x.length;
        double[] all = new double[sums.length];
        for (int j = 0; j < all.length; j++) {
            Column column = j < p ? model.columns()[j] : model.omitted().get(j - p);
            all[j] = column.value(row);
        }
        for (int i = 0; i < all.length; i++) {
            for (int j = 0; j < all.length && all[i] != 0; j++) {
                sums[i][j] += w * all[i] * all[j];
            }
        }
    }

    /** A prediction, or the difference of two; their gradient and columns go to the working space. */
    private double level(MarginCell.Bound cell, double[] row) {
        boolean logarithm = cell.derivative() == Margins.Derivative.EYEX || cell.derivative() == Margins.Derivative.EYDX;
        double value = prediction(cell.side(), cell.outcome(), row, work.value);
        cell.side().omitted.fill(row, work.omitted);
        double scale = 1;
        if (cell.base() != null) {
            System.arraycopy(work.x, 0, work.xBase, 0, work.x.length);
            double base = prediction(cell.base(), cell.outcome(), row, work.other);
            cell.base().omitted.fill(row, work.otherOmitted);
            for (int j = 0; j < work.x.length; j++) {
                work.x[j] = work.xBase[j] - work.x[j];
            }
            for (int j = 0; j < work.omitted.length; j++) {
                work.omitted[j] -= work.otherOmitted[j];
            }
            double baseScale = logarithm ? 1 / base : 1;
            scale = logarithm ? 1 / value : 1;
            for (int k = 0; k < work.gradient.length; k++) {
                work.gradient[k] = scale * work.value[k] - baseScale * work.other[k];
            }
            return logarithm ? Math.log(value) - Math.log(base) : value - base;
        }
        System.arraycopy(work.value, 0, work.gradient, 0, work.gradient.length);
        return value;
    }

    /** The linear predictor that a margin is of; −1 of a base outcome. */
    private int equation(int outcome) {
        return model.multinomial().map(m -> m.predictor(outcome)).orElse(0);
    }

    private double eta(MarginCell.Side side, int equation, double[] row) {
        side.fixed.fill(row, work.x);
        return equation < 0 ? 0 : model.linear(work.x, equation) + (offset ? model.offset(row) : 0);
    }

    /** The columns of one linear predictor, as the gradient of η. */
    private void copy(double[] columns, int equation, double[] gradient) {
        for (int j = 0; j < columns.length; j++) {
            gradient[j] = model.predictorOf(j) == equation ? columns[j] : 0;
        }
    }

    private void fillEffects(MarginCell.Side side, double[] row) {
        for (int l = 0; l < side.random.length; l++) {
            side.random[l].fill(row, work.z[l]);
        }
    }

    private double variance(MarginCell.Side side, double[] row) {
        double sum = 0;
        for (int l = 0; marginal && l < side.random.length; l++) {
            side.random[l].fill(row, work.z[l]);
            sum += model.levels().get(l).bilinear(work.z[l], work.z[l]);
        }
        return sum;
    }

    private double[] response(int outcome, double eta, MarginCell.Side side, double[] row) {
        return work.response.of(outcome, eta, variance(side, row), row[model.response()], model.trials(row));
    }

    /** F and its gradient. */
    private double prediction(MarginCell.Side side, int outcome, double[] row, double[] gradient) {
        if (expression != null) {
            Gradient[] at = new Gradient[parts.size()];
            for (int k = 0; k < at.length; k++) {
                MarginKernel part = parts.get(k);
                part.prepare();
                double value = part.prediction(side, part.cells.get(0).outcome(), row, part.work.value);
                at[k] = new Gradient(value, part.work.value.clone());
            }
            side.fixed.fill(row, work.x);
            return copy(expression.at(at), gradient);
        }
        Arrays.fill(gradient, 0);
        int equation = linear(statistic) ? equation(outcome) : 0;
        double eta = eta(side, equation, row);
        if (linear(statistic)) {
            copy(work.x, equation, gradient);
            return eta;
        }
        if (work.outcomes != null) {
            fillEffects(side, row);
            return work.outcomes.at(outcome, work.x, marginal ? work.z : null, offset ? model.offset(row) : 0, gradient);
        }
        double[] f = response(outcome, eta, side, row);
        gradientOf(f, side, gradient);
        return f[0];
    }

    /** Adds the gradient of F. */
    private void gradientOf(double[] f, MarginCell.Side side, double[] gradient) {
        scaleAdd(f[1], work.x, gradient, work.x.length);
        for (int l = 0; marginal && l < side.random.length; l++) {
            model.levels().get(l).addGradient(work.z[l], work.z[l], 0.5 * f[2], gradient);
        }
        for (int a = 0; a < model.ancillary().length; a++) {
            gradient[model.ancillaryPlace(a)] += model.ancillarySlope() * f[MeanResponse.place(a, 0)];
        }
    }

    private static void scaleAdd(double w, double[] from, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            to[i] += w * from[i];
        }
    }

    private static double copy(Gradient from, double[] to) {
        System.arraycopy(from.getGradient(), 0, to, 0, to.length);
        return from.getValue();
    }

    /** A derivative in a covariate, or an elasticity; gradient and columns go to the working space. */
    private double slope(MarginCell.Bound cell, double[] row) {
        double value = expression != null ? slopeOfExpression(cell, row) : derivative(cell, cell.outcome(), row);
        cell.side().omitted.fillDerivative(row, cell.source(), work.omitted);
        cell.side().fixed.fillDerivative(row, cell.source(), work.x);
        return elasticity(cell, row, value, work.prediction, work.gradient);
    }

    /** D and F; their gradients go to the working space, that of D as {@code gradient} and that of F as {@code value}. */
    private double derivative(MarginCell.Bound cell, int outcome, double[] row) {
        MarginCell.Side side = cell.side();
        double[] gradient = work.gradient;
        Arrays.fill(gradient, 0);
        int equation = linear(statistic) ? equation(outcome) : 0;
        double eta = eta(side, equation, row);
        side.fixed.fillDerivative(row, cell.source(), work.dx);
        double etaX = equation < 0 ? 0 : model.linear(work.dx, equation);
        if (linear(statistic)) {
            copy(work.dx, equation, gradient);
            work.prediction = eta;
            Arrays.fill(work.value, 0);
            copy(work.x, equation, work.value);
            return etaX;
        }
        if (work.outcomes != null) {
            work.prediction = prediction(side, outcome, row, work.value);
            for (int l = 0; l < side.random.length; l++) {
                side.random[l].fillDerivative(row, cell.source(), work.dz[l]);
            }
            return work.outcomes.slope(outcome, new OutcomePrediction.Line(work.x, work.dx, marginal ? work.z : null, work.dz),
                    offset ? model.offset(row) : 0, gradient);
        }
        double[] f = response(outcome, eta, side, row);
        work.prediction = f[0];
        double value = curvedSlope(cell, row, f, etaX, gradient);
        Arrays.fill(work.value, 0);
        gradientOf(f, side, work.value);
        return value;
    }

    /**
     * The derivative of an expression f(F_1, …, F_k): that of f(F + tD) in t at 0, by central differences of its value and of its
     * gradient.
     */
    private double slopeOfExpression(MarginCell.Bound cell, double[] row) {
        int n = parts.size();
        Gradient[] at = new Gradient[n];
        Gradient[] along = new Gradient[n];
        double size = 0;
        for (int k = 0; k < n; k++) {
            MarginKernel part = parts.get(k);
            part.prepare();
            double slope = part.derivative(cell, part.cells.get(0).outcome(), row);
            along[k] = new Gradient(slope, part.work.gradient.clone());
            at[k] = new Gradient(part.work.prediction, part.work.value.clone());
            size = Math.max(size, Math.abs(slope / part.work.prediction));
        }
        double unit = size > 0 && Double.isFinite(size) ? SMALL / size : SMALL;
        work.prediction = copy(expression.at(at), work.value);
        double[] values = new double[1 + work.gradient.length];
        double[] slopes = new double[values.length];
        Gradient[] moved = new Gradient[n];
        Differences.slopes(t -> {
            for (int k = 0; k < n; k++) {
                moved[k] = at[k].add(along[k].multiply(t * unit));
            }
            Gradient value = expression.at(moved);
            values[0] = value.getValue();
            System.arraycopy(value.getGradient(), 0, values, 1, work.gradient.length);
            return values;
        }, 0, slopes);
        for (int k = 0; k < work.gradient.length; k++) {
            work.gradient[k] = slopes[1 + k] / unit;
        }
        return slopes[0] / unit;
    }

    /** D with its gradient. */
    private double curvedSlope(MarginCell.Bound cell, double[] row, double[] f, double etaX, double[] gradient) {
        MarginCell.Side side = cell.side();
        double s2x = 0;
        for (int l = 0; marginal && l < side.random.length; l++) {
            side.random[l].fillDerivative(row, cell.source(), work.dz[l]);
            s2x += 2 * model.levels().get(l).bilinear(work.z[l], work.dz[l]);
        }
        for (int a = 0; a < model.ancillary().length; a++) {
            gradient[model.ancillaryPlace(a)] += model.ancillarySlope()
                    * (f[MeanResponse.place(a, 1)] * etaX + 0.5 * f[MeanResponse.place(a, 2)] * s2x);
        }
        for (int j = 0; j < work.x.length; j++) {
            gradient[j] += (f[2] * etaX + 0.5 * f[3] * s2x) * work.x[j] + f[1] * work.dx[j];
        }
        for (int l = 0; marginal && l < side.random.length; l++) {
            EffectLevel level = model.levels().get(l);
            level.addGradient(work.z[l], work.z[l], 0.5 * f[3] * etaX + 0.25 * f[4] * s2x, gradient);
            level.addGradient(work.z[l], work.dz[l], f[2], gradient);
        }
        return f[1] * etaX + 0.5 * f[2] * s2x;
    }

    private double elasticity(MarginCell.Bound cell, double[] row, double value, double prediction, double[] gradient) {
        if (cell.derivative() == Margins.Derivative.DYDX) {
            return value;
        }
        boolean ofLog = cell.derivative() != Margins.Derivative.DYEX;
        double factor = (cell.derivative() == Margins.Derivative.EYDX ? 1 : cell.at(row)) / (ofLog ? prediction : 1);
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] = factor * (gradient[k] - (ofLog ? value / prediction * work.value[k] : 0));
        }
        return factor * value;
    }
}

package io.echelon.quadrature;

import io.echelon.error.EchelonException;
import java.util.Locale;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Gauss-Hermite rule for the standard normal density in q dimensions, the product of q rules of the same number of points:
 * ∫ h(x) φ(x) dx ≈ Σ_k exp(logWeight_k) h(x_k).
 */
public final class ProductRule {
    /** More nodes than this would not fit beside the rows of a group. */
    private static final int MAX_NODES = 20_000_000;

    private final int dimension;
    private final int size;
    private final double[] abscissas;
    private final double[] nodes;
    private final double[] logWeights;
    private final double[] halfSquares;

    private ProductRule(double[] abscissas, int dimension, int size) {
        this.abscissas = abscissas;
        this.dimension = dimension;
        this.size = size;
        nodes = new double[size * dimension];
        logWeights = new double[size];
        halfSquares = new double[size];
    }

    /**
     * The rule with the given number of points in each of q dimensions.
     *
     * @throws EchelonException if the product has more nodes than memory holds
     */
    public static ProductRule of(int points, int dimension) {
        double size = Math.pow(points, dimension);
        if (size * (dimension + 3) > MAX_NODES) {
            int fits = (int) Math.floor(Math.pow((double) MAX_NODES / (dimension + 3), 1.0 / dimension));
            throw EchelonException.misuse("intpoints(" + points + "): " + dimension + " random effects at one level take "
                    + String.format(Locale.ROOT, "%.3g", size) + " integration points, more than memory holds; use "
                    + (fits >= 2 ? "at most intpoints(" + fits + ") or " : "") + "intmethod(laplace)");
        }
        GaussIntegrator hermite = new GaussIntegratorFactory().hermite(points);
        double[] x = new double[points];
        double[] logW = new double[points];
        for (int k = 0; k < points; k++) {
            x[k] = Math.sqrt(2) * hermite.getPoint(k);
            logW[k] = Math.log(hermite.getWeight(k)) - 0.5 * Math.log(Math.PI);
        }
        ProductRule rule = new ProductRule(x, dimension, (int) size);
        int[] index = new int[dimension];
        for (int k = 0; k < rule.size; k++) {
            for (int d = 0; d < dimension; d++) {
                double v = x[index[d]];
                rule.nodes[k * dimension + d] = v;
                rule.logWeights[k] += logW[index[d]];
                rule.halfSquares[k] += 0.5 * v * v;
            }
            for (int d = dimension - 1; d >= 0 && ++index[d] == points; d--) {
                index[d] = 0;
            }
        }
        return rule;
    }

    /** q. */
    public int dimension() {
        return dimension;
    }

    /** Number of points in each dimension. */
    public int points() {
        return abscissas.length;
    }

    /** Point j of one dimension; they increase and lie symmetrically about zero. Of a node's coordinates the last runs fastest. */
    public double abscissa(int j) {
        return abscissas[j];
    }

    /** Number of nodes. */
    public int size() {
        return size;
    }

    /** Coordinate d of node k. */
    public double node(int k, int d) {
        return nodes[k * dimension + d];
    }

    /** Log weight of node k. */
    public double logWeight(int k) {
        return logWeights[k];
    }

    /** x'x/2 at node k. */
    public double halfSquare(int k) {
        return halfSquares[k];
    }
}

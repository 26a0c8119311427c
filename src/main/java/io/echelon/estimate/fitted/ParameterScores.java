package io.echelon.estimate.fitted;

import io.echelon.design.Design;
import io.echelon.error.EchelonException;
import io.echelon.estimate.generalized.ResponseScan;
import io.echelon.family.Family;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.group.BlockScales;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.ScoreSweep;
import io.echelon.spec.CommandName;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;

/**
 * Parameter-level scores of a fit: for each top-level group the first derivatives of its part of the log (pseudo-) likelihood in
 * the parameters of the estimation metric, one for each parameter that was estimated: coefficients, ancillary parameters, log
 * standard deviations and atanh correlations. Made of the values of a fit alone, for any rows.
 */
public final class ParameterScores {
    private static final String COMMAND = "predict, scores";

    private final Design design;
    private final Estimates estimates;
    private final List<EquationEstimates> equations;

    /**
     * The scores of a fit.
     *
     * @param design the design with omitted columns marked
     * @throws EchelonException after restricted maximum likelihood, and where the model has no independent groups
     */
    public ParameterScores(Design design, Estimates estimates) {
        this.design = design;
        this.estimates = estimates;
        if (estimates.method().equals("REML")) {
            throw EchelonException.misuse("predict, scores is not available after restricted maximum likelihood, which is no sum"
                    + " over groups; fit the model with option mle");
        }
        if (design.levels().isEmpty() || design.levels().get(0).variable().equals(RandomEquation.ALL) || design.crossed()) {
            throw EchelonException.misuse("predict, scores needs independent groups, and "
                    + (design.levels().isEmpty() ? "the model has no random effects"
                            : "the crossed effects of the model make all observations one group"));
        }
        equations = EquationEstimates.of(design, estimates);
    }

    /** Names of the parameters, in the order of the scores. */
    public List<String> names() {
        List<String> all = estimates.vcov().names();
        List<VarianceComponent> metric = estimates.estimationMetric();
        List<String> names = new ArrayList<>(all.subList(0, all.size() - metric.size()));
        boolean[] shared = new boolean[metric.size()];
        for (EquationEstimates e : equations) {
            for (int c = 0; c < e.components().size(); c++) {
                shared[e.places()[c]] = !e.free(c);
            }
        }
        for (int i = 0; i < shared.length; i++) {
            if (!shared[i]) {
                names.add(metric.get(i).term());
            }
        }
        return names;
    }

    /**
     * A function that finds the scores of the groups of a part of these rows, which were packed by the design.
     *
     * @throws EchelonException where a response is none of the family's, or a covariance matrix of a generalized model is singular
     */
    public PartStore.Kernel<GroupBlock, GroupScoreTable> of(PartStore<GroupBlock> parts) {
        return design.spec().command() == CommandName.MIXED ? linear(parts) : generalized(parts);
    }

    private GroupScoreKernel linear(PartStore<GroupBlock> parts) {
        Standardization standardization = BlockScales.of(design, parts);
        LinearPoint point = LinearPoint.of(design, estimates, standardization);
        double scale = standardization.responseScale();
        ScoreSweep sweep = ScoreSweep.at(point.parameters(), point.natural(), point.beta(), scale * scale);
        return new GroupScoreKernel(new GroupScoreKernel.Linear(LinearPoint.moments(design, standardization, true), sweep),
                linearMap(standardization, point.parameters(), point.natural()));
    }

    /** From derivatives in standardised coordinates, β, relative parameters and σ², to the estimation metric. */
    private double[][] linearMap(Standardization standardization, CovarianceParameters parameters, double[] natural) {
        double scale = standardization.responseScale();
        double[][] a = standardization.coefficientsMap();
        double[][] relative = parameters.relativeJacobian(natural);
        int p = a.length;
        int k = relative.length;
        double[][] ofNatural = new double[natural.length][p + k];
        for (int n = 0; n < natural.length; n++) {
            for (int i = 0; i < k; i++) {
                ofNatural[n][p + i] = relative[i][n] / (i == k - 1 ? scale * scale : 1);
            }
        }
        List<double[]> rows = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            double[] row = new double[p + k];
            for (int i = 0; i < p; i++) {
                row[i] = a[i][j] / scale;
            }
            rows.add(row);
        }
        int first = 0;
        for (EquationEstimates e : equations) {
            for (int c = 0; c < e.components().size(); c++) {
                if (e.free(c)) {
                    rows.add(combined(e.slope(c), ofNatural, first));
                }
            }
            first += e.theta().length;
        }
        rows.add(combined(new double[] {2 * natural[parameters.count()]}, ofNatural, parameters.count()));
        rows.addAll(Arrays.asList(ofNatural).subList(parameters.firstResidual(), parameters.count()));
        return rows.toArray(double[][]::new);
    }

    /** Σ factor_i × row_{first + i}. */
    private static double[] combined(double[] factors, double[][] rows, int first) {
        double[] sum = new double[rows[0].length];
        for (int i = 0; i < factors.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += factors[i] * rows[first + i][j];
            }
        }
        return sum;
    }

    private GroupScoreKernel generalized(PartStore<GroupBlock> parts) {
        GeneralizedPoint point = GeneralizedPoint.of(design, estimates);
        Family family = point.family();
        String complaint = parts.aggregate(b -> ResponseScan.complaint(b, family), (a, b) -> a.isEmpty() ? b : a);
        if (!complaint.isEmpty()) {
            throw EchelonException.failure(design.spec().fixed().response() + " has " + complaint);
        }
        double[] phi = point.phi(COMMAND);
        return new GroupScoreKernel(new GroupScoreKernel.Generalized(point.likelihood(), point.parameters(COMMAND)),
                map(point, phi, point.space().jacobianInFree(phi)));
    }

    /** From derivatives in what the likelihood differentiates in to the estimation metric, by way of the free parameters. */
    private static double[][] map(GeneralizedPoint point, double[] phi, double[][] jacobian) {
        double[][] naturalsInFree = point.space().naturalsInFree(phi);
        LUDecomposition lu = new LUDecomposition(MatrixUtils.createRealMatrix(naturalsInFree));
        if (!lu.getSolver().isNonSingular()) {
            throw GeneralizedPoint.singular(COMMAND);
        }
        return point.directions().stream().map(d -> {
            double[] free = lu.getSolver().solve(new ArrayRealVector(d.direction())).toArray();
            double[] row = new double[jacobian.length];
            for (int i = 0; i < row.length; i++) {
                for (int f = 0; f < free.length; f++) {
                    row[i] += jacobian[i][f] * free[f];
                }
            }
            return row;
        }).toArray(double[][]::new);
    }
}

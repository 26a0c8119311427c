package io.echelon.estimate;

import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Residuals;
import io.echelon.error.EchelonException;
import io.echelon.family.Family;
import io.echelon.family.Gaussian;
import io.echelon.fit.Coefficient;
import io.echelon.fit.Estimates;
import io.echelon.fit.VarianceComponent;
import io.echelon.group.BlockScales;
import io.echelon.group.GroupBlock;
import io.echelon.group.PartStore;
import io.echelon.group.Standardization;
import io.echelon.group.WeightScaling;
import io.echelon.likelihood.CovarianceParameters;
import io.echelon.likelihood.ScoreSweep;
import io.echelon.likelihood.generalized.IntegratedLikelihood;
import io.echelon.likelihood.generalized.LaplaceLikelihood;
import io.echelon.likelihood.generalized.Parameters;
import io.echelon.likelihood.generalized.QuadratureLikelihood;
import io.echelon.quadrature.Integration;
import io.echelon.spec.CommandName;
import io.echelon.spec.RandomEquation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;

/**
 * Parameter-level scores of a fit: for each top-level group the first derivatives of its part of the log (pseudo-) likelihood in
 * the parameters of the estimation metric, one for each parameter that was estimated: coefficients, ancillary parameters, log
 * standard deviations and atanh correlations. Made of the values of a fit alone, for any rows.
 */
public final class ParameterScores {
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

    private double[] beta() {
        return estimates.coefficients().subList(0, design.fixed().size()).stream()
                .filter(c -> c.status() == Column.Status.ESTIMATED).mapToDouble(Coefficient::estimate).toArray();
    }

    private List<VarianceComponent> ofResidual() {
        return estimates.estimationMetric().stream().filter(c -> c.level().equals(VarianceTables.RESIDUAL)).toList();
    }

    private GroupScoreKernel linear(PartStore<GroupBlock> parts) {
        Standardization standardization = BlockScales.of(design, parts);
        CovarianceParameters parameters = new CovarianceParameters(design, standardization);
        double[] natural = new double[parameters.count() + 1];
        int at = 0;
        for (EquationEstimates e : equations) {
            System.arraycopy(e.theta(), 0, natural, at, e.theta().length);
            at += e.theta().length;
        }
        List<VarianceComponent> residual = ofResidual();
        for (VarianceComponent c : residual.subList(1, residual.size())) {
            natural[at++] = c.estimate();
        }
        natural[at] = Math.exp(2 * residual.get(0).estimate());
        double scale = standardization.responseScale();
        ScoreSweep sweep = ScoreSweep.at(parameters, natural, standardization.standardized(beta()), scale * scale);
        WeightScaling weights = new WeightScaling(design.frequencyWeights(), design.spec().linear().pwscale().orElse(null));
        return new GroupScoreKernel(new GroupScoreKernel.Linear(standardization, design.residuals().map(Residuals::model).orElse(null),
                weights, sweep), linearMap(standardization, parameters, natural));
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
        Family family = FamilyChoice.of(design, estimates);
        String complaint = parts.aggregate(b -> ResponseScan.complaint(b, family), (a, b) -> a.isEmpty() ? b : a);
        if (!complaint.isEmpty()) {
            throw EchelonException.failure(design.spec().fixed().response() + " has " + complaint);
        }
        double[] beta = beta();
        ParameterSpace space = new ParameterSpace(design, new boolean[beta.length], family, List.of());
        double[] ancillary = family instanceof Gaussian ? new double[] {2 * ofResidual().get(0).estimate()}
                : estimates.coefficients().stream().filter(c -> c.term().startsWith("/"))
                        .mapToDouble(Coefficient::estimate).toArray();
        double[] naturals = space.natural(beta, ancillary, 1);
        for (int e = 0; e < equations.size(); e++) {
            double[] theta = equations.get(e).theta();
            System.arraycopy(theta, 0, naturals, space.parameterOf(e), theta.length);
        }
        double[] phi = space.start(naturals).orElseThrow(ParameterScores::singular);
        Parameters parameters = space.parameters(phi).orElseThrow(ParameterScores::singular);
        Integration integration = IntegrationChoice.of(design);
        IntegratedLikelihood likelihood = integration.method() == Integration.Method.LAPLACE
                ? new LaplaceLikelihood(family, space.loadings())
                : new QuadratureLikelihood(family, space.loadings(), integration);
        return new GroupScoreKernel(new GroupScoreKernel.Generalized(likelihood, parameters), map(space, phi, family));
    }

    private static EchelonException singular() {
        return EchelonException.misuse("predict, scores: a covariance matrix of the random effects is singular, and the log"
                + " likelihood has no derivatives there; leave an effect out of the model");
    }

    /** From derivatives in what the likelihood differentiates in to the estimation metric. */
    private double[][] map(ParameterSpace space, double[] phi, Family family) {
        double[][] jacobian = space.jacobianInFree(phi);
        int raw = jacobian.length;
        double[][] ofFree = new double[phi.length][raw];
        for (int f = 0; f < phi.length; f++) {
            for (int i = 0; i < raw; i++) {
                ofFree[f][i] = jacobian[i][f];
            }
        }
        int own = space.coefficients() + space.ancillary();
        boolean gaussian = family instanceof Gaussian;
        List<double[]> rows = new ArrayList<>(Arrays.asList(ofFree).subList(0, gaussian ? space.coefficients() : own));
        // The rows of a table that shows the variances of all equations first stand in that order.
        List<double[]> ofComponents = new ArrayList<>(Collections.nCopies(estimates.estimationMetric().size(), null));
        for (int e = 0; e < equations.size(); e++) {
            EquationEstimates equation = equations.get(e);
            for (int c = 0; c < equation.components().size(); c++) {
                if (equation.free(c)) {
                    ofComponents.set(equation.places()[c], combined(inFree(space, e, phi, equation.slope(c)), ofFree,
                            space.parameterOf(e)));
                }
            }
        }
        ofComponents.stream().filter(Objects::nonNull).forEach(rows::add);
        if (gaussian) {
            rows.add(combined(new double[] {2}, ofFree, space.coefficients()));
        }
        return rows.toArray(double[][]::new);
    }

    /** How the unconstrained parameters of an equation move when its natural ones move like this. */
    private static double[] inFree(ParameterSpace space, int e, double[] phi, double[] slope) {
        int m = slope.length;
        double[][] all = space.natural(e, phi).derivatives();
        double[][] d = new double[m][];
        for (int k = 0; k < m; k++) {
            d[k] = Arrays.copyOfRange(all[k], space.parameterOf(e), space.parameterOf(e) + m);
        }
        LUDecomposition lu = new LUDecomposition(MatrixUtils.createRealMatrix(d));
        if (!lu.getSolver().isNonSingular()) {
            throw singular();
        }
        return lu.getSolver().solve(new ArrayRealVector(slope)).toArray();
    }
}

package io.echelon.estimate.generalized;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Unstructured;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import io.echelon.group.Standardization;
import java.util.ArrayList;
import java.util.List;

/**
 * The order in which covariance matrices of random effects are factored: from the effect with the largest share in the linear
 * predictor downwards. Behind a small first pivot the likelihood has a curved ridge, for there the other elements of the
 * factor say the same of the variances.
 */
final class RootOrder {
    private RootOrder() {}

    /** Whether any covariance matrix has an order. */
    static boolean matters(Design design) {
        return design.levels().stream().flatMap(l -> l.effects().stream()).anyMatch(RootOrder::ordered);
    }

    private static boolean ordered(Effects e) {
        return e.covariance() instanceof Unstructured u && u.dimension() > 1;
    }

    /** The design with the order that suits a point; the same one where that is its order. */
    static Design at(Design design, ParameterSpace space, double[] phi, Standardization standardization) {
        List<Level> levels = new ArrayList<>();
        int equation = 0;
        for (int l = 0; l < design.levels().size(); l++) {
            List<Effects> effects = new ArrayList<>();
            int column = 0;
            for (Effects e : design.levels().get(l).effects()) {
                double[] squares = new double[e.columns().size()];
                for (int i = 0; i < squares.length; i++) {
                    squares[i] = standardization.meanSquare(l, column + i);
                }
                Covariance covariance = ordered(e) ? e.covariance().ordered(space.shares(equation, phi, squares)) : e.covariance();
                effects.add(new Effects(e.columns(), covariance, e.factor()));
                column += squares.length;
                equation++;
            }
            levels.add(design.levels().get(l).with(effects));
        }
        return levels.equals(design.levels()) ? design : design.withLevels(levels, design.notes());
    }
}

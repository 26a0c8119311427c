package io.echelon.estimate;

import io.echelon.covariance.Covariance;
import io.echelon.covariance.Exchangeable;
import io.echelon.design.Column;
import io.echelon.design.Design;
import io.echelon.design.Effects;
import io.echelon.design.Level;
import java.util.ArrayList;
import java.util.List;

/** Names of variance components as the generalized commands print them: one for every element of a covariance matrix. */
public final class ParameterNames {
    private ParameterNames() {}

    /** The elements of an equation's covariance matrix that a table shows. */
    public static List<Covariance.Component> components(Effects effects) {
        List<String> names = effects.names();
        Covariance c = effects.covariance();
        List<Covariance.Component> all = new ArrayList<>();
        if (c instanceof Exchangeable && names.size() > 1) {
            for (int i = 0; i < names.size(); i++) {
                all.add(new Covariance.Component(names.get(i), i, i));
            }
            for (int j = 0; j < names.size(); j++) {
                for (int i = j + 1; i < names.size(); i++) {
                    all.add(new Covariance.Component(pair(names, i, j), i, j));
                }
            }
            return all;
        }
        for (Covariance.Component e : c.components(names)) {
            all.add(e.variance() ? e : new Covariance.Component(pair(names, e.row(), e.column()), e.row(), e.column()));
        }
        return all;
    }

    /** The later column first, but the constant always second. */
    private static String pair(List<String> names, int i, int j) {
        String late = names.get(Math.max(i, j));
        String early = names.get(Math.min(i, j));
        return late.equals(Column.CONSTANT) ? early + "," + late : late + "," + early;
    }

    /** {@code var(week[id])}. */
    static String full(Covariance.Component component, Level level) {
        return (component.variance() ? "var(" : "cov(") + component.terms() + "[" + level.pathName() + "])";
    }

    /** {@code var(e.weight)}. */
    public static String residual(Design design) {
        return "var(e." + design.spec().fixed().response() + ")";
    }
}

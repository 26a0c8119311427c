package io.echelon.group;

import java.io.Serializable;

/**
 * What the scores of top-level groups need besides the cross-products with their random effects.
 *
 * @param products for each group the packed cross-products of [x y], without the weight of the group
 * @param mass     sum of the weights of its rows, without the weight of the group
 * @param cluster  value of the variable of {@code vce(cluster)}, NaN where there is none
 */
public record TopGroups(double[] products, double[] mass, double[] cluster) implements Serializable {
    TopGroups with(FixedSelection selection) {
        return new TopGroups(selection.products(products), mass, cluster);
    }
}

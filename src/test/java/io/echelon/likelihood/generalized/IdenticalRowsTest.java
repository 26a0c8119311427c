package io.echelon.likelihood.generalized;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.family.Bernoulli;
import io.echelon.family.Family;
import io.echelon.family.NegativeBinomialMean;
import io.echelon.family.Ordinal;
import io.echelon.family.Poisson;
import io.echelon.group.GroupBlock;
import io.echelon.group.GroupBlockBuilder;
import io.echelon.group.GroupLayout;
import io.echelon.group.GroupLayout.Extra;
import io.echelon.group.IdenticalRows;
import io.echelon.group.LocalParts;
import io.echelon.group.NodeKeys;
import io.echelon.group.PartStore;
import io.echelon.link.Logit;
import io.echelon.link.Probit;
import io.echelon.quadrature.Integration;
import io.echelon.quadrature.Integration.Method;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Likelihoods of merged rows against those of the rows one by one. */
class IdenticalRowsTest {
    private static final int GROUPS = 12;
    private static final Loadings LOADINGS = new Loadings(new int[] {0, 1}, new int[] {0, 1});

    /** Forty rows a group over two binary regressors, at two levels of two and one effects, or continuous regressors. */
    private static GroupBlock block(boolean weighted, boolean continuous) {
        Random random = new Random(6);
        GroupLayout layout = new GroupLayout(new int[] {1, 1}, 3, weighted ? List.of(Extra.OFFSET, Extra.WEIGHT) : List.of());
        GroupBlockBuilder builder = new GroupBlockBuilder(layout);
        for (int g = 0; g < GROUPS; g++) {
            int top = builder.node(0, -1);
            for (int c = 0; c < 2; c++) {
                int leaf = builder.node(1, top);
                for (int i = 0; i < 40; i++) {
                    double a = continuous ? random.nextDouble() : random.nextInt(2);
                    double b = random.nextInt(2);
                    double[] row = {1, b, a, b, 1, random.nextInt(3), 0.25 * random.nextInt(2), 1 + 0.5 * random.nextInt(3)};
                    builder.add(leaf, java.util.Arrays.copyOf(row, layout.width()));
                }
            }
        }
        return builder.build(new NodeKeys[] {new NodeKeys.Whole(new long[GROUPS]), new NodeKeys.Whole(new long[2 * GROUPS])});
    }

    private static PartStore<GroupBlock> parts(GroupBlock block) {
        return new LocalParts<>(List.of(block));
    }

    @Test
    void likelihoodsAreThoseOfTheRowsOneByOne() {
        compare(new Bernoulli(new Logit()));
        compare(new Bernoulli(new Probit()));
        compare(new Poisson());
        compare(new NegativeBinomialMean(), -0.3);
        compare(new Ordinal(new Logit(), new double[] {0, 1, 2}), -0.5, 0.8);
    }

    private static void compare(Family family, double... ancillary) {
        Parameters at = new Parameters(new double[] {0.4, -0.3, 0.1}, ancillary, new double[][] {{0.7}, {0.5}});
        List<GroupLikelihood> likelihoods = List.of(new FixedLikelihood(family, false), new LaplaceLikelihood(family, LOADINGS),
                new QuadratureLikelihood(family, LOADINGS, new Integration(Method.MEAN_VARIANCE, new int[] {5, 5})));
        for (boolean weighted : new boolean[] {false, true}) {
            GroupBlock block = block(weighted, false);
            PartStore<GroupBlock> merged = IdenticalRows.merged(parts(block));
            assertTrue(2 * merged.aggregate(GroupBlock::rows, Integer::sum) <= block.rows());
            for (GroupLikelihood likelihood : likelihoods) {
                Contribution one = likelihood.evaluate(block, at);
                Contribution many = merged.aggregate(b -> likelihood.evaluate(b, at), Contribution::merge);
                String what = family.text() + " " + likelihood;
                assertEquals(one.value(), many.value(), 1e-12 * Math.abs(one.value()), what);
                assertArrayEquals(one.gradient(), many.gradient(), 1e-9, what);
                if (likelihood.hasHessian()) {
                    assertArrayEquals(one.hessian(), many.hessian(), 1e-8, what);
                    assertArrayEquals(one.scores(), many.scores(), 1e-7, what);
                }
            }
        }
    }

    @Test
    void rowsThatDifferStayAsTheyAre() {
        PartStore<GroupBlock> parts = parts(block(false, true));
        assertSame(parts, IdenticalRows.merged(parts));
    }
}

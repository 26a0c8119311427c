package io.echelon.postestimation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.error.EchelonException;
import io.echelon.spec.Contrast.ContrastFactor;
import io.echelon.spec.Contrast.Operator;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LevelContrastsTest {
    private static final double[] LEVELS = {1, 2, 4, 7};

    private static final double[] EQUAL = {1, 1, 1, 1};

    private static List<LevelContrasts> of(Operator operator, boolean weighted, double base, List<Double> weights) {
        return LevelContrasts.of(new ContrastFactor("a", operator, weighted, OptionalDouble.empty(), weights), LEVELS, base,
                weighted ? new double[] {1, 2, 3, 4} : EQUAL, Inference::number, false);
    }

    private static List<LevelContrasts> of(Operator operator) {
        return of(operator, false, 2, List.of(1.0, 0.0, -0.5, -0.5));
    }

    @ParameterizedTest
    @EnumSource(value = Operator.class, names = "CONTINUOUS", mode = EnumSource.Mode.EXCLUDE)
    void theWeightsOfAContrastAddUpToZero(Operator operator) {
        for (LevelContrasts c : of(operator)) {
            double sum = 0;
            for (double w : c.weights()) {
                sum += w;
            }
            assertEquals(0, sum, 1e-12, c.label());
        }
        assertEquals(operator == Operator.GRAND_MEAN ? 4 : operator == Operator.CUSTOM ? 1 : 3, of(operator).size());
    }

    @Test
    void labelsAndWeights() {
        assertEquals(List.of("1 vs 2", "4 vs 2", "7 vs 2"), of(Operator.REFERENCE).stream().map(LevelContrasts::label).toList());
        assertArrayEquals(new double[] {0, 1, -0.5, -0.5}, of(Operator.HELMERT).get(1).weights(), 1e-15);
        assertEquals("2 vs >2", of(Operator.HELMERT).get(1).label());
        assertArrayEquals(new double[] {-1.0 / 3, -1.0 / 3, -1.0 / 3, 1}, of(Operator.REVERSE_HELMERT).get(2).weights(), 1e-15);
        assertArrayEquals(new double[] {0, -1, 1, 0}, of(Operator.REVERSE_ADJACENT).get(1).weights());
    }

    /** Of unit length and orthogonal; the linear one is proportional to the centred values. */
    @Test
    void polynomialsAreOrthonormal() {
        List<LevelContrasts> p = of(Operator.POLYNOMIAL);
        for (int i = 0; i < p.size(); i++) {
            for (int j = 0; j <= i; j++) {
                double product = 0;
                for (int k = 0; k < LEVELS.length; k++) {
                    product += p.get(i).weights()[k] * p.get(j).weights()[k];
                }
                assertEquals(i == j ? 1 : 0, product, 1e-12);
            }
        }
        double[] linear = p.get(0).weights();
        assertEquals((LEVELS[3] - LEVELS[0]) / (LEVELS[1] - LEVELS[0]), (linear[3] - linear[0]) / (linear[1] - linear[0]), 1e-12);
    }

    @Test
    void meansWeightedByFrequencies() {
        assertArrayEquals(new double[] {0.9, -0.2, -0.3, -0.4}, of(Operator.GRAND_MEAN, true, 2, List.of()).get(0).weights(), 1e-15);
        assertArrayEquals(new double[] {0, 1, -3.0 / 7, -4.0 / 7}, of(Operator.HELMERT, true, 2, List.of()).get(1).weights(), 1e-15);
        // A straight line has no quadratic part, whatever the frequencies.
        LevelContrasts quadratic = of(Operator.POLYNOMIAL, true, 2, List.of()).get(1);
        double line = 0;
        double sum = 0;
        for (int k = 0; k < LEVELS.length; k++) {
            line += quadratic.weights()[k] * LEVELS[k];
            sum += quadratic.weights()[k];
        }
        assertEquals(0, line, 1e-12);
        assertEquals(0, sum, 1e-12);
    }

    @Test
    void weightsByHand() {
        assertArrayEquals(new double[] {1, 0, -0.5, -0.5}, of(Operator.CUSTOM).get(0).weights());
        assertTrue(assertThrows(EchelonException.class, () -> of(Operator.CUSTOM, false, 2, List.of(1.0, -1.0))).getMessage()
                .startsWith("{a 1 -1} has 2 weights, and a the 4 levels 1, 2, 4, 7"));
        assertTrue(assertThrows(EchelonException.class, () -> of(Operator.CUSTOM, false, 2, List.of(1.0, 1.0, -1.0, 0.0)))
                .getMessage().startsWith("the weights of {a 1 1 -1 0} sum to 1"));
    }

    @Test
    void theReferenceMustOccur() {
        assertThrows(EchelonException.class, () -> of(Operator.REFERENCE, false, 3, List.of()));
    }
}

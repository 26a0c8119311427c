package io.echelon.postestimation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StudentizedRangeTest {
    /** The range of two is √2 |t|. */
    @ParameterizedTest
    @ValueSource(doubles = {2, 3, 7.5, 30, 400})
    void theRangeOfTwoIsAStudentVariable(double df) {
        double t = new TDistribution(df).inverseCumulativeProbability(0.975);
        assertEquals(Math.sqrt(2) * t, StudentizedRange.quantile(0.95, 2, df), 1e-5 * t);
        assertEquals(0.05, StudentizedRange.tail(Math.sqrt(2) * t, 2, df), 1e-7);
    }

    /** scipy.stats.studentized_range.ppf of SciPy; qtukey of R agrees. */
    @Test
    void quantilesOfTables() {
        assertEquals(3.876776750013158, StudentizedRange.quantile(0.95, 3, 10), 1e-8);
        assertEquals(5.2932525192394335, StudentizedRange.quantile(0.99, 5, 20), 1e-7);
        assertEquals(3.314493155398122, StudentizedRange.quantile(0.95, 3, Double.NaN), 1e-7);
        assertEquals(6.824526451073047, StudentizedRange.quantile(0.95, 4, 3), 1e-6);
    }
}

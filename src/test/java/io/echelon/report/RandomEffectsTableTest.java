package io.echelon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.echelon.fit.VarianceComponent;
import io.echelon.spec.DisplayOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomEffectsTableTest {

    @Test
    void eachEquationIsABlock() {
        assertEquals("""
                -----------------------------+------------------------------------------------
                district: Identity           |
                            var(tr1..tr9)(1) |          1          2             3           4
                -----------------------------+------------------------------------------------
                district: Independent        |
                                  var(_cons) |          1          2             3           4
                -----------------------------+------------------------------------------------
                id:                  (empty) |
                -----------------------------+------------------------------------------------
                Residual: Independent,       |
                    by female                |
                                   0: var(e) |          1          2             3           4
                                   1: var(e) |          1          2             3           4
                ------------------------------------------------------------------------------
                (1) tr1 tr2 tr3 tr4 tr5 tr6 tr7 tr8 tr9
                """,
                body(List.of(
                        component("district", 0, "Identity", "var(tr1 tr2 tr3 tr4 tr5 tr6 tr7 tr8 tr9)"),
                        component("district", 1, "Independent", "var(_cons)"),
                        component("Residual", 0, "Independent, by female", "0: var(e)"),
                        component("Residual", 0, "Independent, by female", "1: var(e)"))));
    }

    @Test
    void longNamesAreAbbreviated() {
        assertEquals("""
                -----------------------------+------------------------------------------------
                id: Unstructured             |
                var(a_name_longer_than_th~n) |          1          2             3           4
                cov(a_long_na~1,a_long_na~2) |          1          2             3           4
                -----------------------------+------------------------------------------------
                               var(Residual) |          1          2             3           4
                ------------------------------------------------------------------------------
                """,
                body(List.of(component("id", 0, "Unstructured", "var(a_name_longer_than_the_column)"),
                        component("id", 0, "Unstructured", "cov(a_long_name_1,a_long_name_2)"),
                        component("Residual", 0, "", "var(Residual)"))));
    }

    private static VarianceComponent component(String level, int block, String structure, String label) {
        return new VarianceComponent(level, block, structure, label, label, 1, 2, 3, 4);
    }

    private static String body(List<VarianceComponent> components) {
        List<String> lines =
                new RandomEffectsTable(Examples.with(components, Examples.pigs(DisplayOptions.defaults()))).lines();
        return String.join("\n", lines.subList(2, lines.size())) + "\n";
    }
}

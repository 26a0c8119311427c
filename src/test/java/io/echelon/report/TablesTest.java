package io.echelon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.fit.Estimates;
import io.echelon.spec.DisplayOptions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesTest {
    private static final Estimates PIGS = Examples.pigs(DisplayOptions.defaults());

    @Test
    void everyRowHasAValueOfItsTypeForEachColumn() {
        List<Table> tables = Tables.of(PIGS);
        assertEquals(List.of("fit", "coefficients", "variance_components", "vcov", "groups", "iterations"),
                tables.stream().map(Table::name).toList());
        for (Table t : tables) {
            for (List<Object> row : t.rows()) {
                assertEquals(t.columns().size(), row.size(), t.name());
                for (int k = 0; k < row.size(); k++) {
                    Class<?> type = switch (t.columns().get(k).type()) {
                        case TEXT -> String.class;
                        case WHOLE -> Long.class;
                        case NUMBER -> Double.class;
                        case FLAG -> Boolean.class;
                    };
                    assertTrue(row.get(k) == null || type.isInstance(row.get(k)), t.name() + " " + t.columns().get(k));
                }
            }
        }
    }

    @Test
    void coefficientsAsText() {
        assertEquals("""
                equation  term   status     estimate  std_error  statistic  df  p_value  conf_low  conf_high
                weight    week   estimated  6.209896   .0390124   159.1776   .        0  6.133433   6.286359
                weight    _cons  estimated  19.35561   .5974059   32.39944   .        0  18.18472   20.52651
                """, TableText.text(Tables.coefficients(PIGS)));
    }

    @Test
    void groupsAsCsv() {
        assertEquals("level,n,min,avg,max\nid,48,9,9.0,9\n", TableText.csv(Tables.groups(PIGS)));
    }

    @Test
    void valuesWithCommasAndQuotesAreQuoted() {
        Table t = new Table("t", List.of(new Table.Column("a,b", Table.Type.TEXT), new Table.Column("c", Table.Type.NUMBER)),
                List.of(Arrays.asList("say \"x\"", null)));
        assertEquals("\"a,b\",c\n\"say \"\"x\"\"\",\n", TableText.csv(t));
        assertEquals("{\"a,b\":\"say \\\"x\\\"\",\"c\":null}\n", TableText.json(t));
        assertEquals("a,b      c\nsay \"x\"  .\n", TableText.text(t));
    }

    @Test
    void theCovarianceMatrixIsLong() {
        Table vcov = Tables.vcov(PIGS).limit(2);
        assertEquals("term,with_term,covariance\nweek,week,0.001522\nweek,_cons,0.0\n", TableText.csv(vcov));
    }

    @Test
    void theFitTableHoldsTheDocument() {
        Table fit = Tables.fit(PIGS);
        assertEquals(JsonReport.write(PIGS), fit.rows().get(0).get(fit.columns().size() - 1));
    }

    @Test
    void aTableInPartsIsTheWholeTable() {
        Table whole = new Table("t", List.of(new Table.Column("name", Table.Type.TEXT), new Table.Column("n", Table.Type.WHOLE)),
                List.of(List.of("first", 1L), List.of("b", 20L), List.of("c", 3L)));
        for (TableText.Format format : TableText.Format.values()) {
            TableText parts = new TableText(format);
            String text = parts.next(new Table("t", whole.columns(), whole.rows().subList(0, 2)))
                    + parts.next(new Table("t", whole.columns(), whole.rows().subList(2, 3)));
            assertEquals(new TableText(format).next(whole), text);
        }
        assertEquals("name    n\nfirst   1\nb      20\nc       3\n", TableText.text(whole));
    }
}

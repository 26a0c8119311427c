package io.echelon.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StataFormatTest {

    /** Values printed in the manual's tables, from estimates with more digits. */
    @ParameterizedTest
    @CsvSource({
        "6.209895833, 6.209896", ".03901239, .0390124", "19.35561343, 19.35561", "5.04926, 5.04926", "-1.1, -1.1",
        ".5704860, .570486", ".1231980, .123198", ".0021994, .0021994", "-.098437839, -.0984378", "22.400017, 22.40002",
        "1, 1", "-25, -25", "100.5, 100.5", "0.15, .15", "-0.15, -.15", "1216.5, 1216.5", "0.99999999, 1",
        "-0.099999999, -.1"
    })
    void nineColumnsShowSevenDigits(double value, String text) {
        assertEquals(text, StataFormat.general(value, 9).strip());
    }

    @ParameterizedTest
    @CsvSource({
        "123456.789, 123456.8", "1234567.8, 1234568", "9999999, 9999999", "9999999.6, 1.00e+07", "12345678, 1.23e+07",
        "-12345678, -1.23e+07", "1e300, 1.0e+300"
    })
    void largeNumbersTurnScientificAtEightDigits(double value, String text) {
        assertEquals(text, StataFormat.general(value, 9).strip());
    }

    @ParameterizedTest
    @CsvSource({
        ".000123456, .0001235", ".0000123456, .0000123", ".00001, .00001", ".00000814, 8.14e-06", "1e-7, 1.00e-07",
        "-3.38e-9, -3.38e-09", "1.8e-12, 1.80e-12", "1e-100, 1.0e-100"
    })
    void smallNumbersTurnScientificWhereThatShowsMoreDigits(double value, String text) {
        assertEquals(text, StataFormat.general(value, 9).strip());
    }

    @ParameterizedTest
    @CsvSource({
        "-1014.926794, -1014.9268", "1430.501818, 1430.5018", "-868.961851, -868.96185", "-13.20312516, -13.203125",
        "-140.616280, -140.61628", "-135371.9634, -135371.96", "1e-7, 1.000e-07"
    })
    void tenColumnsShowEightDigits(double value, String text) {
        assertEquals(text, StataFormat.general(value, 10).strip());
    }

    @Test
    void everyNumberIsRightAligned() {
        assertEquals(" 6.209896", StataFormat.general(6.209895833, 9));
        assertEquals("-.0984378", StataFormat.general(-.098437839, 9));
        assertEquals("        0", StataFormat.general(0, 9));
        assertEquals("        0", StataFormat.general(-0.0, 9));
        assertEquals("  25337.49", StataFormat.fixed(25337.4876, 10, 2));
        assertEquals("    39,282", StataFormat.fixedCommas(39282, 10, 0));
        assertEquals("   1,880.5", StataFormat.fixedCommas(1880.45, 10, 1));
    }

    @Test
    void missingIsADot() {
        assertEquals("        .", StataFormat.general(Double.NaN, 9));
        assertEquals("        .", StataFormat.general(Double.POSITIVE_INFINITY, 9));
        assertEquals("    .", StataFormat.fixed(Double.NaN, 5, 3));
    }

    @Test
    void aFixedNumberTooWideTurnsGeneral() {
        assertEquals(" 1.2e+06", StataFormat.fixed(1234567.891, 8, 2));
        assertEquals("123456.8", StataFormat.fixed(123456.789, 8, 1));
    }

    @Test
    void longNamesKeepTheirLastLetter() {
        assertEquals("smokeinten~y", StataFormat.abbreviate("smokeintensity", 12));
        assertEquals("chlorophyll", StataFormat.abbreviate("chlorophyll", 12));
    }
}

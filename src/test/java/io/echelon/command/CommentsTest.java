package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Comments and the lines of scripts. */
class CommentsTest {
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '$', ignoreLeadingAndTrailingWhitespace = false, value = {
        "a // b;a     ",
        "* a;   ",
        "a * b;a * b",
        "a /* b */ c;a         c",
        "a /* b;a     ",
        "x = \"http://a // b\" // c;x = \"http://a // b\"     ",
        "s3a://bucket;s3a://bucket",
        "x = \"/* a */\";x = \"/* a */\""})
    void comments(String typed, String plain) {
        assertEquals(plain, Comments.blank(typed));
    }

    @Test
    void linesThatGoOn() {
        assertEquals(List.of("a ///\n * b", "c\n  || d\n\n , e", "f /* g\n h */ i", "j"),
                Comments.commands("a ///\n * b\nc\n  || d\n\n , e\nf /* g\n h */ i\n\n* k\nj"));
    }

    @Test
    void anUnclosedQuotationMarkEndsWithItsLine() {
        assertEquals(List.of("gen s = \"a", "gen t = \"b\""), Comments.commands("gen s = \"a\ngen t = \"b\""));
    }
}

package io.echelon.command;

import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;

/** What the grammar asks of the blanks between words: {@code child*} is one pattern, {@code child *} are two. */
abstract class AdjacentTokens extends Parser {
    AdjacentTokens(TokenStream input) {
        super(input);
    }

    /** Whether nothing stands between the last word read and the next. */
    boolean adjacent() {
        return touch(getTokenStream().LT(-1), getTokenStream().LT(1));
    }

    /** Whether nothing stands between the next two words: {@code x[_n-1]} is a value, {@code x [pw=w]} has a weight. */
    boolean attached() {
        return touch(getTokenStream().LT(1), getTokenStream().LT(2));
    }

    /** Whether a prediction within an expression follows. */
    boolean prediction() {
        return getTokenStream().LT(1).getText().equals("predict");
    }

    private static boolean touch(Token one, Token other) {
        return one != null && other != null && one.getStopIndex() + 1 == other.getStartIndex();
    }
}

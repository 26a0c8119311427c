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
        Token last = getTokenStream().LT(-1);
        Token next = getTokenStream().LT(1);
        return last != null && last.getStopIndex() + 1 == next.getStartIndex();
    }
}

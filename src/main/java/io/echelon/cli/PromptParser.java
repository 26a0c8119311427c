package io.echelon.cli;

import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.impl.DefaultParser;

/** Cuts the line at the prompt into words for completion, and asks for more where a line ends with {@code ///}. */
final class PromptParser extends DefaultParser {
    static final String CONTINUATION = "///";

    private static final String DELIMITERS = ",()|#:.=+-*/&<>![]";

    PromptParser() {
        setQuoteChars(new char[] {'"'});
        setEscapeChars(null);
        setEofOnUnclosedQuote(false);
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && line.stripTrailing().endsWith(CONTINUATION)) {
            throw new EOFError(-1, -1, "the command goes on");
        }
        return super.parse(line, cursor, context);
    }

    @Override
    public boolean isDelimiterChar(CharSequence line, int position) {
        return super.isDelimiterChar(line, position) || DELIMITERS.indexOf(line.charAt(position)) >= 0;
    }
}

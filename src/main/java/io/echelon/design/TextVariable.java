package io.echelon.design;

import io.echelon.error.EchelonException;

/** A string variable where numbers are wanted; whoever has the rows may say which of its values is none. */
public final class TextVariable extends EchelonException {
    private static final long serialVersionUID = 1L;

    private final String variable;
    private final String mend;

    TextVariable(String what, String variable, String mend) {
        super(Kind.MISUSE, what + "; " + mend);
        this.variable = variable;
        this.mend = mend;
    }

    /** The name of the variable. */
    public String variable() {
        return variable;
    }

    /** The same with a value of it, as it is to be shown. */
    public EchelonException holding(String value) {
        String message = getMessage();
        return misuse(message.substring(0, message.length() - mend.length() - 2) + ": it holds " + value + "; " + mend);
    }
}

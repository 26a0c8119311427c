package io.echelon.spec;

/** The estimation commands, by the names the user types. */
public enum CommandName {
    MIXED, MEGLM, MELOGIT, MEQRLOGIT, MEPROBIT, MECLOGLOG, MEOLOGIT, MEOPROBIT, MEPOISSON, MEQRPOISSON, MENBREG,
    MESTREG, MEMLOGIT;

    /** The name as typed, in lower case. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether this is one of the older commands whose names stand for the QR decomposition. */
    public boolean orthogonal() {
        return this == MEQRLOGIT || this == MEQRPOISSON;
    }

    /** Whether random-effects parameters stand in a table of their own, below that of the coefficients. */
    public boolean tablesApart() {
        return this == MIXED || orthogonal();
    }
}

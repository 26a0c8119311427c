package io.echelon.spec;

/** The estimation commands, by the names the user types. */
public enum CommandName {
    MIXED, MEGLM, MELOGIT, MEQRLOGIT, MEPROBIT, MECLOGLOG, MEOLOGIT, MEOPROBIT, MEPOISSON, MEQRPOISSON, MENBREG,
    MESTREG, MEMLOGIT;

    /** The name as typed, in lower case. */
    public String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}

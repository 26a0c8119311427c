package io.echelon.command;

/**
 * An option of a command.
 *
 * @param name     full name
 * @param minimum  length of the shortest abbreviation
 * @param form     what stands in the parentheses, in the manual's words; empty for an option without argument
 * @param optional whether the parentheses may be left out
 * @param place    where it may stand
 */
record Option(String name, int minimum, String form, boolean optional, Place place) {
    /** Where an option belongs. */
    enum Place {
        /** In any equation; it concerns this one. */
        EQUATION,
        /** In a random-effects equation. */
        LEVEL,
        /** After the comma of any equation; it concerns the whole model. */
        MODEL,
        /** Known to the manual, not honoured here. */
        UNAVAILABLE
    }

    /**
     * From the manual's notation: {@code l:evel(#)} is {@code level()} with the shortest form {@code l()};
     * {@code startgrid[(grid)]} may go without its argument.
     */
    static Option of(String notation, Place place) {
        int open = notation.indexOf('(');
        String words = open < 0 ? notation : notation.substring(0, open);
        boolean optional = words.endsWith("[");
        String name = words.replace(":", "").replace("[", "");
        int colon = words.indexOf(':');
        String form = open < 0 ? "" : notation.substring(open + 1, notation.lastIndexOf(')'));
        return new Option(name, colon < 0 ? name.length() : colon, form, optional, place);
    }

    /** Whether this is what was typed. */
    boolean matches(String typed) {
        return typed.length() >= minimum && name.startsWith(typed);
    }

    boolean takesArgument() {
        return !form.isEmpty();
    }

    /** As shown to the user: {@code level(#)}, {@code reml}. */
    String usage() {
        return form.isEmpty() ? name : optional ? name + "[(" + form + ")]" : name + "(" + form + ")";
    }

    /** As named in sentences: {@code level()}, {@code reml}. */
    String display() {
        return form.isEmpty() ? name : name + "()";
    }
}

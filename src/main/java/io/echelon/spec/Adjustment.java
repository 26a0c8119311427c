package io.echelon.spec;

/** Adjustments for making several comparisons, by the manual's names. */
public enum Adjustment { NOADJUST, BONFERRONI, HOLM, SIDAK, SCHEFFE, TUKEY }

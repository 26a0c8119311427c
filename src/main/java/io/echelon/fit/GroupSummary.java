package io.echelon.fit;

/** Groups of one level: their number and the observations in them. */
public record GroupSummary(String level, long n, long min, double avg, long max) {}

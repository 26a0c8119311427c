package io.echelon.fit;

/** The independent clusters of robust standard errors: the variable that tells them apart, and their number. */
public record Clusters(String variable, long n) {}

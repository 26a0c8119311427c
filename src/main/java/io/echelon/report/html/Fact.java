package io.echelon.report.html;

/** A thing a reader may want to know, such as the version of Spark. */
public record Fact(String name, String value) {}

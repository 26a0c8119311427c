package io.echelon.residual;

/** Hears the pieces of the inverse correlation matrix of one series, and the matrices E_c of their components. */
public interface Decomposition {
    /** Begins a piece, once for each time its log-determinant counts. */
    void piece(Piece piece);

    /** Adds {@code factor} to elements (s, t) and (t, s) of E_c. */
    void add(int component, int s, int t, double factor);

    /** Adds the matrix of ones to E_c. */
    void addOnes(int component);
}

package io.echelon.residual;

/** Hears the pieces of the inverse correlation matrix of one series, and the matrices E_c of their components. */
public interface Decomposition {
    /** Begins a piece whose log-determinant counts so many times. */
    void piece(Piece piece, int times);

    /** Adds {@code factor} to elements (s, t) and (t, s) of E_c. */
    void add(int component, int s, int t, double factor);

    /** Adds {@code factor} times the identity matrix to E_c. */
    void addIdentity(int component, double factor);

    /** Adds the matrix of ones to E_c. */
    void addOnes(int component);
}

package io.echelon.likelihood.generalized;

/** How the normal equations of the penalised least squares problems inside a mode are factored. */
public enum Factorization {
    /** The matrix is summed, and factored by Cholesky. */
    CHOLESKY {
        @Override
        NodeSystem system() {
            return new CholeskySystem();
        }
    },
    /** Its square root is carried along row by row, and the matrix itself, which loses half the digits, never formed. */
    QR {
        @Override
        NodeSystem system() {
            return new QrSystem();
        }
    };

    abstract NodeSystem system();
}

package io.echelon.spec;

import java.io.Serializable;
import java.util.List;

/** An expression whose value is a matrix. A number stands for a 1×1 matrix; NaN for a missing element. */
public sealed interface MatrixExpression extends Serializable {
    /** {@code (1, 2 \ 3, 4)}: rows of elements, each of which is a scalar expression. */
    record Literal(List<List<MatrixExpression>> rows) implements MatrixExpression {
        public Literal {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /** A number, or {@code .} as NaN. */
    record Scalar(double value) implements MatrixExpression {}

    /** A matrix by name. */
    record Name(String name) implements MatrixExpression {}

    /** {@code diag(m)}, {@code I(n)}, {@code J(r, c, z)}, {@code inv(m)}, {@code vecdiag(m)}. */
    record Call(String function, List<MatrixExpression> arguments) implements MatrixExpression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** {@code + - * /} of two matrices, or of a matrix and a number. */
    record Binary(String operator, MatrixExpression left, MatrixExpression right) implements MatrixExpression {}

    /** {@code -m}. */
    record Negative(MatrixExpression operand) implements MatrixExpression {}

    /** {@code m'}. */
    record Transpose(MatrixExpression operand) implements MatrixExpression {}
}

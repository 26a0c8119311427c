package io.echelon.command;

import io.echelon.spec.MatrixExpression;
import io.echelon.spec.Statement;
import java.util.List;
import java.util.Map;

/** Reads {@code matrix [define] name = expression}. */
final class MatrixReader extends CommandBaseVisitor<MatrixExpression> {
    /** Functions with their numbers of arguments. */
    private static final Map<String, Integer> FUNCTIONS = Map.of("diag", 1, "vecdiag", 1, "inv", 1, "invsym", 1, "I", 1,
            "J", 3);

    private final CommandText text;

    MatrixReader(CommandText text) {
        this.text = text;
    }

    Statement read(int start, int rest) {
        CommandParser.MatrixContext c = text.parser(rest, text.length()).matrix();
        if (c.name != null) {
            String action = c.first.getText();
            if (!(action.length() >= 3 && "define".startsWith(action)) && !action.equals("input")) {
                throw text.error(c.first, "expected matrix [define] name = expression, found " + action);
            }
        }
        MatrixExpression value = visit(c.matrixExpression());
        return new Statement.MatrixDefine(text.slice(start, text.length()), (c.name == null ? c.first : c.name).getText(), value);
    }

    @Override
    public MatrixExpression visitTranspose(CommandParser.TransposeContext c) {
        return new MatrixExpression.Transpose(visit(c.matrixExpression()));
    }

    @Override
    public MatrixExpression visitMatrixNegative(CommandParser.MatrixNegativeContext c) {
        MatrixExpression operand = visit(c.matrixExpression());
        return operand instanceof MatrixExpression.Scalar s ? new MatrixExpression.Scalar(-s.value())
                : new MatrixExpression.Negative(operand);
    }

    @Override
    public MatrixExpression visitMatrixBinary(CommandParser.MatrixBinaryContext c) {
        return new MatrixExpression.Binary(c.operator.getText(), visit(c.matrixExpression(0)),
                visit(c.matrixExpression(1)));
    }

    @Override
    public MatrixExpression visitMatrixCall(CommandParser.MatrixCallContext c) {
        String function = c.NAME().getText();
        Integer arguments = FUNCTIONS.get(function);
        if (arguments == null) {
            throw text.error(c.start, "unknown matrix function " + function + "(); choose one of "
                    + String.join(", ", FUNCTIONS.keySet().stream().sorted(String::compareToIgnoreCase).toList()));
        }
        if (c.matrixExpression().size() != arguments) {
            throw text.error(c.start, function + "() takes " + arguments + (arguments == 1 ? " argument" : " arguments"));
        }
        return new MatrixExpression.Call(function, c.matrixExpression().stream().map(this::visit).toList());
    }

    @Override
    public MatrixExpression visitMatrixLiteral(CommandParser.MatrixLiteralContext c) {
        List<List<MatrixExpression>> rows = c.row().stream()
                .map(r -> r.matrixExpression().stream().map(this::visit).toList()).toList();
        int columns = rows.get(0).size();
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).size() != columns) {
                throw text.error(c.row(i).start, "row " + (i + 1) + " has another number of elements ("
                        + rows.get(i).size() + ") than the first row (" + columns + ")");
            }
        }
        // Parentheses around one element only group.
        return rows.size() == 1 && columns == 1 ? rows.get(0).get(0) : new MatrixExpression.Literal(rows);
    }

    @Override
    public MatrixExpression visitMatrixName(CommandParser.MatrixNameContext c) {
        return new MatrixExpression.Name(c.NAME().getText());
    }

    @Override
    public MatrixExpression visitMatrixNumber(CommandParser.MatrixNumberContext c) {
        return new MatrixExpression.Scalar(Double.parseDouble(c.NUMBER().getText()));
    }

    @Override
    public MatrixExpression visitMatrixMissing(CommandParser.MatrixMissingContext c) {
        return new MatrixExpression.Scalar(Double.NaN);
    }
}

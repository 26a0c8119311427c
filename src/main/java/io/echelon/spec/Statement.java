package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** One command, as read: names only, nothing looked up. */
public sealed interface Statement extends Serializable {
    /** The command as typed, without comments. */
    String text();

    /** An estimation command. */
    record Estimation(ModelSpec spec) implements Statement {
        @Override
        public String text() {
            return spec.text();
        }
    }

    /** {@code generate [type] name = exp [if] [in]}: a new variable, missing where the condition fails. */
    record Generate(String text, Optional<StorageType> type, String name, Expression value, Subset subset)
            implements Statement {}

    /** {@code replace name = exp [if] [in]}: other values for a variable that exists. */
    record Replace(String text, String name, Expression value, Subset subset) implements Statement {}

    /** {@code egen [type] name = function(...) [if] [in] [, by(variables)]}. */
    record Egen(String text, Optional<StorageType> type, String name, EgenFunction function, Subset subset,
                List<String> by) implements Statement {
        public Egen {
            by = List.copyOf(by);
        }
    }

    /** {@code tabulate variable [if] [in], generate(stub)}: an indicator {@code stub1, stub2, ...} for each level in sorted order. */
    record TabulateGenerate(String text, String variable, String stub, Subset subset) implements Statement {}

    /** {@code keep if exp}, {@code drop in range}: the rows that stay, or go. */
    record SelectRows(String text, Selection selection, Subset subset) implements Statement {}

    /** {@code keep a b*}, {@code drop x1-x9}: the variables that stay, or go; names may be patterns or ranges. */
    record SelectVariables(String text, Selection selection, List<String> variables) implements Statement {
        public SelectVariables {
            variables = List.copyOf(variables);
        }
    }

    /** {@code constraint [define] number equation}. */
    record ConstraintDefine(String text, int number, LinearConstraint constraint) implements Statement {}

    /** {@code matrix [define] name = expression}. */
    record MatrixDefine(String text, String name, MatrixExpression value) implements Statement {}

    /**
     * {@code mkmat variables [if] [in] [, matrix(name)]}: a matrix with the variables as columns; a column vector for each
     * variable, of the same name, where no matrix is named.
     */
    record Mkmat(String text, List<String> variables, Optional<String> matrix, Subset subset) implements Statement {
        public Mkmat {
            variables = List.copyOf(variables);
        }
    }

    /** {@code stset}: which variables hold survival times. */
    record Stset(String text, SurvivalTime survival) implements Statement {}

    /** {@code quietly command}: the command without its printed results. */
    record Quietly(String text, Statement statement) implements Statement {}

    /** {@code estimates store name}: keeps the last results under a name. */
    record EstimatesStore(String text, String name) implements Statement {}

    /** {@code estimates restore name}: makes stored results the last ones again. */
    record EstimatesRestore(String text, String name) implements Statement {}

    /** {@code estimates drop names}: forgets the names of stored results, all of them for {@code _all}. */
    record EstimatesDrop(String text, List<String> names) implements Statement {
        public EstimatesDrop {
            names = List.copyOf(names);
        }
    }

    /** A command that works on the results of an estimation. */
    record Postestimation(String text, PostestimationCommand command) implements Statement {}

    /**
     * A command that draws a picture.
     *
     * @param title  {@code title("...")}
     * @param saving {@code saving()}
     */
    record Draw(String text, Plot plot, Optional<String> title, Optional<Plot.Saving> saving) implements Statement {}

    /** Whether what is selected stays or goes. */
    enum Selection { KEEP, DROP }

    /** Storage types of new variables; {@code str#} without its length. */
    enum StorageType { BYTE, INT, LONG, FLOAT, DOUBLE, STRING }
}

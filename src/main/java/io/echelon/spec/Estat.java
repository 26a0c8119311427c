package io.echelon.spec;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The subcommands of {@code estat}. */
public sealed interface Estat extends PostestimationCommand {
    /** {@code estat icc [, level(#)]}: intraclass correlations. */
    record Icc(OptionalDouble level) implements Estat {
        @Override
        public String name() {
            return "estat icc";
        }
    }

    /** {@code estat group}: the composition of the levels. */
    record Group() implements Estat {
        @Override
        public String name() {
            return "estat group";
        }
    }

    /** {@code estat sd [, variance]}: random-effects parameters as standard deviations and correlations. */
    record Sd(boolean variance) implements Estat {
        @Override
        public String name() {
            return "estat sd";
        }
    }

    /** {@code estat recovariance [, relevel(name) correlation]}: covariance matrices of the random effects. */
    record Recovariance(Optional<String> level, boolean correlation) implements Estat {
        @Override
        public String name() {
            return "estat recovariance";
        }
    }

    /**
     * {@code estat wcorrelation [, at(variable=value ...) covariance]}: covariance matrix of the rows of one cluster.
     *
     * @param at    which groups; the first of the data where it is empty
     */
    record Wcorrelation(List<Place> at, boolean covariance, boolean list) implements Estat {
        public Wcorrelation {
            at = List.copyOf(at);
        }

        @Override
        public String name() {
            return "estat wcorrelation";
        }
    }

    /** {@code variable=value}: a group of a level. */
    record Place(String variable, String value) implements Serializable {}

    /** {@code estat ic [, n(#)]}: information criteria. */
    record Ic(OptionalDouble n) implements Estat {
        @Override
        public String name() {
            return "estat ic";
        }
    }

    /** {@code estat vce [, correlation]}: covariance matrix of the estimates. */
    record Vce(boolean correlation) implements Estat {
        @Override
        public String name() {
            return "estat vce";
        }
    }

    /** {@code estat summarize}: means and standard deviations of the variables of the model over the estimation sample. */
    record Summarize() implements Estat {
        @Override
        public String name() {
            return "estat summarize";
        }
    }

    /** {@code estat quadrature}: the fit again with twice the integration points. */
    record Quadrature() implements Estat {
        @Override
        public String name() {
            return "estat quadrature";
        }
    }

    /**
     * {@code estat df [, method(names) post[(name)] eim oim]}: degrees of freedom of the coefficients.
     *
     * @param methods those asked for; that of the fit where there are none
     * @param post    the method by which commands on the results go on
     */
    record Df(List<LinearOptions.DfMethod> methods, Optional<LinearOptions.DfMethod> post) implements Estat {
        public Df {
            methods = List.copyOf(methods);
        }

        @Override
        public String name() {
            return "estat df";
        }
    }
}

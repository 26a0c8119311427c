package io.echelon.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.echelon.spec.CommandName;
import io.echelon.spec.Statement;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command of the reference results is read, and its text comes back as typed. */
class ReferenceCommandsTest {
    private static final String COMMANDS = """
        melogit nadmitted female || department:, binomial(napplied)
        predict u, reffects reses(se)
        predict m, reffects ebmodes reses(sem)
        mecloglog c_use urban age child* || district:
        melogit c_use urban age child* || district: child*, cov(exchangeable) || district:
        melogit c_use urban age child* || district:
        melogit c_use urban age child* || district: urban
        melogit c_use urban age child* || district: urban, cov(unstructured)
        meprobit c_use urban age child* || district:
        stset time, fail(infect)
        mestreg age female || patient:, distribution(exponential)
        mestreg age female || patient:, distribution(exponential) time
        mestreg age female || patient:, distribution(gamma)
        mestreg age female || patient:, distribution(loglogistic)
        mestreg age female || patient:, distribution(lognormal)
        mestreg age female || patient:, distribution(weibull)
        mestreg age female || patient:, distribution(weibull) time
        melogit incidence i.period || herd:, binomial(size)
        mixed chlorophyll nitrogen##thatch block || wpunit:, reml dfmethod(satterthwaite)
        mixed chlorophyll nitrogen##thatch block || wpunit:, reml dfmethod(kroger)
        egen wpunit = group(nitrogen block)
        mixed chlorophyll ibn.nitrogen##ibn.thatch ibn.block, noomitted noconstant || wpunit:, reml
        constraint 1 _b[var(std[trial]):_cons] = 1
        meglm or || trial: std, nocons constraints(1)
        mixed yield || batch:
        mixed yield || batch:, reml
        menbreg seizures treat lbas lbas_trt lage v4 || subject:, dispersion(constant)
        menbreg seizures treat lbas lbas_trt lage v4 || subject:
        mepoisson seizures treat lbas lbas_trt lage v4 || subject:
        mepoisson seizures treat lbas lbas_trt lage visit || subject: visit, cov(unstructured) intpoints(9)
        mepoisson ticks i.year cheight || location: || brood: || index:, intmethod(laplace)
        mixed invest mvalue cstock || _all: R.company || year:
        mixed invest mvalue cstock || _all: R.company || year:, reml
        mixed invest mvalue cstock || company:
        mixed invest mvalue cstock || company:, reml
        mixed weight week || id:
        estat icc
        egen ds = group(dept service)
        mixed y i.service || _all: R.ds || _all: R.d || s:
        mixed y i.service || _all: R.ds || _all: R.d || s:, reml
        mixed y || _all: R.d || s:
        mixed score i.machine || worker: || machine:, reml
        mixed yield nitro || block: || variety:, reml
        mixed yield variety##nitro || block: || variety:, reml dfmethod(satterthwaite)
        mixed yield variety##nitro || block: || variety:, reml dfmethod(kroger)
        gen t = (age-6)/2
        mixed distance age female || subject:, noconstant residuals(ar 1, t(t))
        mixed distance age female || subject:, noconstant residuals(ar 1, t(t)) reml
        mixed distance age female || subject:, noconstant residuals(banded 1, t(age))
        mixed distance age female || subject:, noconstant residuals(banded 1, t(age)) reml
        mixed distance age female || subject:, noconstant residuals(exchangeable)
        mixed distance age female || subject:, noconstant residuals(exchangeable) reml
        mixed distance age female || subject:, noconstant residuals(independent, by(female))
        mixed distance age female || subject:, noconstant residuals(independent, by(female)) reml
        mixed distance age female || subject:, noconstant residuals(independent)
        mixed distance age female || subject:, noconstant residuals(independent) reml
        mixed distance age female || subject:, noconstant residuals(ma 1, t(t))
        mixed distance age female || subject:, noconstant residuals(ma 1, t(t)) reml
        mixed distance age female || subject:, noconstant residuals(toeplitz 3, t(t))
        mixed distance age female || subject:, noconstant residuals(toeplitz 3, t(t)) reml
        mixed distance age female || subject:, noconstant residuals(unstructured, t(age))
        mixed distance age female || subject:, noconstant residuals(unstructured, t(age)) reml
        mixed distance age female || subject:, residuals(independent, by(female))
        mixed strength || batch: || cask:
        mixed strength || batch: || cask:, reml
        mixed weight week || _all: R.id || _all: R.week
        mixed weight i.week || id:, reml dfmethod(satterthwaite)
        mixed weight i.week || id:, reml dfmethod(kroger)
        mixed weight week || id: week, cov(un) reml dfmethod(satterthwaite)
        mixed weight week || id: week, cov(un) reml dfmethod(kroger)
        mixed weight week || id:, residuals(ar 1, t(week))
        mixed weight week || id:, reml
        mixed weight week || id: week, covariance(exchangeable)
        mixed weight week || id: week, covariance(identity)
        mixed weight week || id: week
        mixed weight week || id: week, covariance(unstructured)
        mixed weight week || id: week, covariance(unstructured) reml
        mixed gsp private emp hwy water other unemp || region: || state:
        mixed gsp private emp hwy water other unemp || region: || state:, reml
        mixed gsp private emp hwy water other unemp || _all: R.year || region: || state:
        mixed weight i.dose size female || litter: , residuals(independent, by(female)) base
        mixed weight i.dose size female || litter: , residuals(independent, by(female)) reml
        mixed weight i.dose size female || litter: , base
        mixed weight week || id:, vce(robust)
        mixed weight week || id: week, cov(un) vce(robust)
        mixed reaction days || subject: days, cov(un) vce(robust)
        melogit y wsm##wsf || _all: R.male || female:, intmethod(laplace)
        meglm reaction days || subject:, family(gamma) link(log)
        meglm reaction days || subject:
        mixed reaction days || subject:
        mixed reaction days || subject: days
        mixed reaction days || subject: days, covariance(unstructured)
        mixed reaction days || subject: days, covariance(unstructured) reml dfmethod(satterthwaite)
        mixed reaction days || subject: days, covariance(unstructured) reml dfmethod(kroger)
        melogit nadmitted female || department:, binomial(napplied) or
        melogit c_use urban age child* || district: child*, cov(exchangeable) || district:, or
        qui tabulate trial, gen(tr)
        mkmat varor, mat(f)
        mat f = diag(f)
        meglm or || _all: tr1-tr9, nocons cov(fixed(f)) intm(laplace) nocnsreport
        mixed weight week || _all: R.week || id:
        predict r_int, reffects
        meologit rating temp contact || judge:
        meoprobit rating temp contact || judge:
        """;

    static Stream<String> commands() {
        return COMMANDS.lines().map(String::strip);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void isRead(String command) {
        Statement statement = CommandReader.read(command);
        assertEquals(command, statement.text());
        boolean estimation = Arrays.stream(CommandName.values()).anyMatch(c -> command.startsWith(c.text() + " "));
        if (estimation) {
            assertInstanceOf(Statement.Estimation.class, statement);
        }
        assertEquals(statement, CommandReader.read(statement.text()), "reading the text again gives the same");
    }
}

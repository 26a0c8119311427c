package io.echelon.link;

import io.echelon.error.EchelonException;
import java.io.Serializable;
import java.util.List;

/** How the linear predictor η enters the distribution of the response. */
public sealed interface Link extends Serializable permits MeanLink, ProbabilityLink {

    /** The name as typed in {@code link()}. */
    String text();

    /** All links. */
    List<Link> ALL = List.of(new Identity(), new Log(), new Logit(), new Probit(), new Cloglog());

    /**
     * The link of a name.
     *
     * @throws EchelonException if there is none of that name
     */
    static Link of(String text) {
        return ALL.stream().filter(l -> l.text().equals(text)).findFirst().orElseThrow(() -> EchelonException.misuse(
                "link(" + text + "): no such link; links are identity, log, logit, probit and cloglog"));
    }
}

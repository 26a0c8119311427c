package io.echelon.report.html;

import java.util.List;

/**
 * Where the commands of a job ended before their end.
 *
 * @param command the command that was refused or failed
 * @param reason  what was wrong with it
 * @param notRun  the commands after it
 */
public record Stop(String command, String reason, List<String> notRun) {
    public Stop {
        notRun = List.copyOf(notRun);
    }

    /** What the reader of a report has to know first. */
    Html notice() {
        Html.Element notice = Html.of("div", Html.of("p", Html.of("strong", "This job is not complete."), " The command ",
                Html.of("code", command), " was not carried out: ", reason)).with("class", "notice").with("role", "alert");
        return notRun.isEmpty() ? notice : Html.of("div", notice.children(), Html.of("p", "Not run after it:"),
                Html.of("pre", String.join("\n", notRun)).with("tabindex", "0")).with("class", "notice").with("role", "alert");
    }
}

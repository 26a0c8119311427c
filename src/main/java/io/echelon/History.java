package io.echelon;

import io.echelon.report.html.Entry;
import io.echelon.report.html.Fact;
import io.echelon.report.html.HtmlReport;
import io.echelon.report.html.Stop;
import io.echelon.spark.pictures.StandardPictures;
import io.echelon.spark.write.ResultFolder;
import io.echelon.spec.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands of a session and what they gave, in order. */
final class History {
    private final List<String> commands = new ArrayList<>();
    private final List<Result> results = new ArrayList<>();
    private Optional<Stop> stop = Optional.empty();

    void add(Statement command) {
        commands.add(command.text());
    }

    void add(Result result) {
        results.add(result);
    }

    /** Notes that the commands ended before their end. */
    void stop(Stop here) {
        stop = Optional.of(here);
    }

    /** The place of another picture of this command: {@code pictures/rvfplot.svg}, {@code pictures/rvfplot-2.svg}. */
    String fileName(String command) {
        long before = results.stream().filter(r -> r instanceof Drawing d && d.name().equals(command)).count();
        return ResultFolder.PICTURES + "/" + command.replace(' ', '-') + (before == 0 ? "" : "-" + (before + 1)) + ".svg";
    }

    List<Fit> fits() {
        return Collections.unmodifiableList(results.stream().filter(Fit.class::isInstance).map(Fit.class::cast).toList());
    }

    /** The pictures that no file holds yet, by their places in a folder of results. */
    Map<String, String> unsaved() {
        Map<String, String> unsaved = new LinkedHashMap<>();
        for (Result r : results) {
            if (r instanceof Drawing d && d.file().isEmpty()) {
                unsaved.put(d.fileName(), d.svg());
            }
        }
        return unsaved;
    }

    /**
     * The page of all results.
     *
     * @param pictures whether fits are drawn
     */
    String report(boolean pictures, List<Fact> origin) {
        return HtmlReport.of(results.stream().map(r -> entry(r, pictures)).toList(), commands, stop, origin);
    }

    private static Entry entry(Result result, boolean pictures) {
        if (result instanceof Fit f) {
            StandardPictures standard = pictures ? new StandardPictures(f.fitted()) : StandardPictures.none();
            return new Entry.Fitted(f.estimates().spec().text(), f.fitted().results(), standard.pictures(),
                    standard.remarks());
        }
        if (result instanceof Drawing d) {
            return new Entry.Drawn(d.command(), d.picture());
        }
        Answered answered = (Answered) result;
        return new Entry.Answered(answered.command(), answered.answer());
    }
}

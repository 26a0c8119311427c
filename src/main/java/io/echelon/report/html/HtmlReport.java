package io.echelon.report.html;

import io.echelon.picture.Picture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The results of a job as one page that needs nothing else: no script, no font, no file beside it. */
public final class HtmlReport {
    private final List<Entry> entries;
    private final List<Fact> settings;
    private int pictures;

    private HtmlReport(List<Entry> entries, List<Fact> settings) {
        this.entries = entries;
        this.settings = settings;
    }

    /**
     * The page.
     *
     * @param entries  results in the order of the commands
     * @param commands all commands, also those without results
     * @param stop     where the commands ended before their end
     * @param settings where the data came from, versions, and what else is needed to do it again
     */
    public static String of(List<Entry> entries, List<String> commands, Optional<Stop> stop, List<Fact> settings) {
        return new HtmlReport(entries, settings).page(commands, stop);
    }

    private String page(List<String> commands, Optional<Stop> stop) {
        List<Entry.Fitted> fits = entries.stream().filter(Entry.Fitted.class::isInstance).map(Entry.Fitted.class::cast)
                .toList();
        String title = fits.isEmpty() ? "Echelon report" : fits.size() == 1 ? fits.get(0).estimates().title()
                : fits.size() + " models";
        List<Html> main = new ArrayList<>(List.of(Html.of("header", Html.of("h1", title),
                Html.of("p", "Echelon report").with("class", "kind"))));
        stop.ifPresent(s -> main.add(s.notice()));
        if (entries.size() > 1) {
            main.add(contents(fits.size() > 1));
        }
        if (fits.size() > 1) {
            main.add(Html.of("section", Html.of("h2", "Comparison"), Comparison.of(fits)).with("id", "comparison"));
        }
        int model = 0;
        for (int k = 0; k < entries.size(); k++) {
            Entry entry = entries.get(k);
            model += entry instanceof Entry.Fitted ? 1 : 0;
            main.add(section(k, fits.size() > 1 ? model : 0));
        }
        main.add(Html.of("section", Html.of("h2", "Settings and origin"), HtmlTable.facts("Origin", settings),
                Html.of("h3", "Commands"), Html.of("pre", String.join("\n", commands)).with("tabindex", "0"))
                .with("id", "settings"));
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
        Html.of("html", head(title), Html.of("body", Html.of("main", main))).with("lang", "en").write(out);
        return out.append('\n').toString();
    }

    private static Html head(String title) {
        return Html.of("head", Html.of("meta").with("charset", "utf-8"),
                Html.of("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"),
                Html.of("meta").with("name", "color-scheme").with("content", "light dark"),
                Html.of("title", title + " – Echelon"), Html.of("style", new Html.Markup(style())));
    }

    private static String style() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Html contents(boolean comparison) {
        List<Html> items = new ArrayList<>();
        if (comparison) {
            items.add(item("comparison", "Comparison", ""));
        }
        for (int k = 0; k < entries.size(); k++) {
            Entry entry = entries.get(k);
            items.add(item(id(k), name(entry), entry instanceof Entry.Answered ? "" : entry.command()));
        }
        items.add(item("settings", "Settings and origin", ""));
        return Html.of("nav", Html.of("ol", items)).with("aria-label", "Contents");
    }

    private static Html item(String id, String name, String command) {
        Html link = Html.of("a", name).with("href", "#" + id);
        return command.isEmpty() ? Html.of("li", link) : Html.of("li", link, " ", Html.of("code", command));
    }

    private static String id(int entry) {
        return "result-" + (entry + 1);
    }

    private static String name(Entry entry) {
        return entry instanceof Entry.Fitted f ? f.estimates().title()
                : entry instanceof Entry.Drawn d ? d.picture().title() : entry.command();
    }

    private Html section(int k, int model) {
        Entry entry = entries.get(k);
        List<Html> parts = new ArrayList<>();
        parts.add(Html.of("h2", (entry instanceof Entry.Fitted && model > 0 ? "Model " + model + ": " : "") + name(entry)));
        if (!(entry instanceof Entry.Answered)) {
            parts.add(Html.of("pre", ". " + entry.command()).with("class", "command").with("tabindex", "0"));
        }
        if (entry instanceof Entry.Fitted f) {
            parts.addAll(FitSection.of(f));
            if (!f.pictures().isEmpty() || !f.remarks().isEmpty()) {
                parts.add(Html.of("h3", "Pictures"));
                f.remarks().forEach(r -> parts.add(Html.of("p", r)));
                parts.add(Html.of("div", f.pictures().stream().map(this::figure).toList()).with("class", "pictures"));
            }
        } else if (entry instanceof Entry.Answered a) {
            parts.addAll(AnswerSection.of(a.answer()));
        } else if (entry instanceof Entry.Drawn d) {
            parts.add(figure(d.picture()));
        }
        return Html.of("section", parts).with("id", id(k));
    }

    private Html figure(Picture picture) {
        pictures++;
        return Html.of("figure", new Html.Markup(picture.svg("picture" + pictures)));
    }
}

package io.echelon.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.echelon.Echelon;
import io.echelon.Session;
import io.echelon.spark.TestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a job with two models, answers and pictures, as a text and in a browser. */
class HtmlReportTest {
    private static final String TITLE = "<script>alert('title & \"more\"')</script>";
    private static String page;

    @TempDir
    private Path folder;

    @BeforeAll
    static void report() {
        Session session = Echelon.on(TestSession.spark()).open("sample-configs/data/sleepstudy.csv");
        session.runAll(String.join("\n", "generate late = days > 4", "mixed reaction days || subject:",
                "estimates store ri", "mixed reaction days i.late || subject: days, covariance(unstructured)",
                "lrtest ri .", "lincom days*2", "estat ic", "graph fitted days, groups(3) title(\"" + TITLE.replace("\"", "'") + "\")"));
        page = session.report();
    }

    @Test
    void holdsEveryResultInOrder() {
        int at = -1;
        for (String part : List.of("2 models", "Comparison", "log likelihood", "Model 1: Mixed-effects ML regression",
                "Model 2: Mixed-effects ML regression", "lrtest ri .", "lincom days*2", "estat ic", "3 of 18 groups",
                "Settings and origin", "sleepstudy.csv", "Spark</th><td>4.0.1", "generate late = days &gt; 4")) {
            int next = page.indexOf(part, at + 1);
            assertTrue(next > at, part + " is missing after " + at);
            at = next;
        }
    }

    @Test
    void figuresAreThoseOfTheFit() {
        assertTrue(page.contains("<td>-897.0393</td>"), "log likelihood of the first model");
        assertTrue(page.contains("<th scope=\"row\">_cons</th><td>251.4051</td><td>9.506185</td>"), "coefficients");
        assertTrue(page.contains("1.late"));
        assertTrue(page.contains("No variance component lies on a boundary."));
    }

    @Test
    void whatAUserTypedIsNeverMarkup() {
        assertFalse(page.contains("<script"));
        assertTrue(page.contains("&lt;script&gt;"));
        StringBuilder out = new StringBuilder();
        Html.of("p", TITLE).with("title", TITLE).write(out);
        assertEquals("<p title=\"&lt;script&gt;alert(&#39;title &amp; &quot;more&quot;&#39;)&lt;/script&gt;\">"
                + "&lt;script&gt;alert(&#39;title &amp; &quot;more&quot;&#39;)&lt;/script&gt;</p>", out.toString());
    }

    @Test
    void needsNothingFromOutside() {
        Matcher links = Pattern.compile("(?:href|src|url)\\s*[=(]\\s*[\"']?([^\"')>\\s]+)").matcher(page);
        while (links.find()) {
            assertTrue(links.group(1).startsWith("#"), links.group(1));
        }
        Set<String> ids = new HashSet<>();
        Matcher id = Pattern.compile(" id=\"([^\"]+)\"").matcher(page);
        while (id.find()) {
            assertTrue(ids.add(id.group(1)), id.group(1) + " is the id of two elements");
        }
        Matcher target = Pattern.compile("href=\"#([^\"]+)\"").matcher(page);
        while (target.find()) {
            assertTrue(ids.contains(target.group(1)), target.group(1));
        }
    }

    @Test
    void readsWellInABrowserAsNarrowAsAPhone() throws IOException, InterruptedException {
        String browser = Stream.of("chromium", "chromium-browser", "google-chrome").map(n -> Path.of("/usr/bin", n))
                .filter(Files::isExecutable).map(Path::toString).findFirst().orElse("");
        Assumptions.assumeFalse(browser.isEmpty(), "skipped: no Chromium is installed");
        Files.writeString(folder.resolve("report.html"), page);
        // The page in a frame as wide as a phone, measured from outside of it.
        Files.writeString(folder.resolve("phone.html"), """
                <!DOCTYPE html><iframe src="report.html" width="390" height="800" style="border:0"></iframe><script>
                onload = () => {
                  const d = document.querySelector('iframe').contentDocument, e = d.documentElement;
                  const shown = s => [...d.querySelectorAll(s)].filter(x => x.getBoundingClientRect().height > 8).length;
                  document.title = `over=${e.scrollWidth - e.clientWidth} math=${shown('math')} tables=${shown('table')} `
                      + `pictures=${shown('figure > svg')} rows=${shown('mtr')}`;
                };
                </script>""");
        Path log = folder.resolve("net.json");
        Process run = new ProcessBuilder(browser, "--headless", "--no-sandbox", "--disable-gpu",
                "--user-data-dir=" + folder.resolve("profile"), "--allow-file-access-from-files",
                "--virtual-time-budget=5000", "--enable-logging=stderr", "--log-net-log=" + log, "--dump-dom",
                folder.resolve("phone.html").toUri().toString())
                .redirectOutput(folder.resolve("dom.html").toFile()).redirectError(folder.resolve("errors.txt").toFile()).start();
        assertTrue(run.waitFor(120, TimeUnit.SECONDS), "the browser does not end");
        Matcher seen = Pattern.compile("over=(-?\\d+) math=(\\d+) tables=(\\d+) pictures=(\\d+) rows=(\\d+)")
                .matcher(Files.readString(folder.resolve("dom.html")));
        assertTrue(seen.find(), Files.readString(folder.resolve("dom.html")));
        assertEquals(0, Integer.parseInt(seen.group(1)), "the page is wider than the screen");
        assertTrue(Integer.parseInt(seen.group(2)) >= 10, "formulas: " + seen.group(2));
        assertTrue(Integer.parseInt(seen.group(3)) >= 12, "tables: " + seen.group(3));
        assertTrue(Integer.parseInt(seen.group(4)) >= 11, "pictures: " + seen.group(4));
        assertTrue(Integer.parseInt(seen.group(5)) >= 4, "rows of matrices: " + seen.group(5));
        assertFalse(Files.readString(folder.resolve("errors.txt")).contains("CONSOLE"), Files.readString(folder.resolve("errors.txt")));
        Matcher requested = Pattern.compile("\"url\":\"(https?://[^\"]*)\"").matcher(Files.readString(log));
        while (requested.find()) {
            assertTrue(requested.group(1).contains("google") || requested.group(1).contains("gvt1"),
                    "the page asks for " + requested.group(1));
        }
    }
}

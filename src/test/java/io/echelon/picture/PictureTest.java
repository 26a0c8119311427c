package io.echelon.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PictureTest {
    private static final int LARGEST = 300_000;

    private static Document parsed(String svg) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        } catch (Exception e) {
            throw new AssertionError("not XML: " + svg, e);
        }
    }

    private static List<String> texts(Picture picture) {
        NodeList nodes = parsed(picture.svg()).getElementsByTagName("text");
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> nodes.item(i).getTextContent()).toList();
    }

    private static CaterpillarPlot caterpillar(int groups, int items) {
        List<CaterpillarPlot.Item> list = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            double b = -10 + 20.0 * i / items;
            list.add(new CaterpillarPlot.Item("g" + i, (i + .5) * groups / items, b, b - 4, b + 4));
        }
        return new CaterpillarPlot("Random effects", "95% intervals", "_cons[school]", groups, list);
    }

    private static PointCloud cloud(int n) {
        Random random = new Random(3);
        PointCloud cloud = new PointCloud();
        for (int i = 0; i < n; i++) {
            cloud.add(random.nextGaussian(), random.nextGaussian());
        }
        return cloud;
    }

    private static LinePlot lines(String title, String name) {
        return new LinePlot(title, "", "week", List.of(), "weight", Optional.empty(), List.of(
                new LinePlot.Series(name, LinePlot.Style.MARKED_LINE, List.of(new LinePlot.Point(1, 2, 1, 3),
                        new LinePlot.Point(2, 4, 3, 5))),
                new LinePlot.Series("second", LinePlot.Style.LINE, List.of(new LinePlot.Point(1, 3),
                        new LinePlot.Point(2, 5)))));
    }

    @Test
    void ticksOfSmallNumbersAreToldApart() {
        List<CaterpillarPlot.Item> items = List.of(new CaterpillarPlot.Item("a", 1, -2e-4, -4e-4, 0),
                new CaterpillarPlot.Item("b", 2, 2e-4, 0, 4e-4));
        List<String> texts = texts(new CaterpillarPlot("", "", "x[g]", 2, items));
        assertTrue(texts.containsAll(List.of("-0.0002", "0", "0.0002")), texts.toString());
        assertEquals(texts.size(), new HashSet<>(texts).size(), texts.toString());
    }

    @Test
    void longNamesKeepTheirEnds() {
        assertEquals("Gesamtschul…nenstadt A", Theme.shortened("Gesamtschule am Rosengarten in der Innenstadt A", 22));
        assertEquals("学校", Theme.shortened("学校", 2));
    }

    @Test
    void everyGroupOfAShortCaterpillarHasItsName() {
        List<String> texts = texts(caterpillar(18, 18));
        assertTrue(texts.containsAll(List.of("Random effects", "95% intervals", "_cons[school]")));
        IntStream.range(0, 18).forEach(i -> assertTrue(texts.contains("g" + i), "g" + i));
    }

    @Test
    void tenThousandGroupsAreASmallRibbon() {
        String svg = caterpillar(10_000, 200).svg();
        assertTrue(svg.length() < LARGEST, svg.length() + " bytes");
        assertTrue(texts(caterpillar(10_000, 200)).contains("Rank of 10,000 groups"));
    }

    @Test
    void millionsOfPointsAreASmallGridWithTheirCounts() {
        ScatterPlot plot = new ScatterPlot("Residuals", "", "Fitted values", "Residuals", cloud(1_000_000), true);
        assertTrue(plot.svg().length() < LARGEST, plot.svg().length() + " bytes");
        long largest = plot.cloud().cells().stream().mapToLong(PointCloud.Cell::count).max().orElseThrow();
        assertTrue(texts(plot).stream().anyMatch(t -> t.endsWith(String.format("%,d", largest))));
    }

    @Test
    void everyPointOfAScatterPlotIsDrawn() {
        String svg = new ScatterPlot("Residuals", "", "Fitted values", "Residuals", cloud(500), false).svg();
        NodeList paths = parsed(svg).getElementsByTagName("path");
        assertEquals(500, IntStream.range(0, paths.getLength()).mapToLong(i ->
                paths.item(i).getAttributes().getNamedItem("d").getNodeValue().chars().filter(c -> c == 'M').count()).max().orElse(0));
    }

    @Test
    void namesOfSeriesAxesAndVariablesAreShown() {
        assertTrue(texts(lines("Margins", "male")).containsAll(List.of("Margins", "week", "weight", "male", "second")));
        ScatterMatrix matrix = new ScatterMatrix("Scatter matrix", "", List.of("y", "x1", "x2"),
                List.of(cloud(10), cloud(3000), cloud(10)));
        assertTrue(texts(matrix).containsAll(List.of("y", "x1", "x2")));
        QuantilePlot quantiles = new QuantilePlot("Normal quantiles", "", "Residuals", 0, 1,
                List.of(new QuantilePlot.Quantile(.25, -.6), new QuantilePlot.Quantile(.5, 0), new QuantilePlot.Quantile(.75, .7)));
        assertTrue(texts(quantiles).containsAll(List.of("Normal quantile", "Residuals")), texts(quantiles).toString());
        assertTrue(texts(new Panels("By group", "2 of 9 groups", 2, List.of(lines("a", "b"), lines("c", "d"))))
                .containsAll(List.of("By group", "2 of 9 groups", "a", "c")));
    }

    @Test
    void namesAreTextWhateverTheyContain() {
        String name = "<script>alert(\"&\")</script>";
        assertTrue(texts(lines("a <b> & c", name)).containsAll(List.of("a <b> & c", name)));
        assertFalse(lines("x", name).svg().contains("<script"));
    }

    @Test
    void idsOfPicturesOfOnePageDiffer() {
        Set<String> seen = new HashSet<>();
        for (String svg : List.of(lines("x", "y").svg("p1"), caterpillar(18, 18).svg("p2"))) {
            Matcher m = Pattern.compile(" id=\"([^\"]*)\"").matcher(svg);
            while (m.find()) {
                assertTrue(seen.add(m.group(1)), m.group(1));
            }
        }
    }

    @Test
    void aPngHasTwoDotsAPixelAndInk() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(lines("x", "y").png()));
        assertEquals(2 * Theme.WIDTH, image.getWidth());
        assertEquals(2 * Theme.HEIGHT, image.getHeight());
        Set<Integer> colors = new HashSet<>();
        for (int i = 0; i < image.getWidth(); i++) {
            for (int j = 0; j < image.getHeight(); j++) {
                colors.add(image.getRGB(i, j) & 0xffffff);
            }
        }
        assertTrue(colors.contains(Theme.BLUE.getRGB() & 0xffffff) && colors.contains(Theme.VERMILION.getRGB() & 0xffffff));
    }

    @Test
    void emptyPicturesAreDrawnAllTheSame() {
        assertTrue(texts(new ScatterPlot("Nothing", "", "x", "y", new PointCloud(), true)).contains("Nothing"));
        assertTrue(texts(new QuantilePlot("Nothing", "", "y", 0, 0, List.of())).contains("Nothing"));
    }
}

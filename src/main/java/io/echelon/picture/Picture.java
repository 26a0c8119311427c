package io.echelon.picture;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;

/**
 * A picture: values that were summed up before, with the words that go with them. Drawing never needs more than these
 * values, so that a picture of many million rows is as small as one of a hundred.
 */
public sealed interface Picture permits CaterpillarPlot, LinePlot, Panels, QuantilePlot, ScatterMatrix, ScatterPlot {
    /** What is shown, in a few words. */
    String title();

    /** What a reader should know besides: numbers of groups, what was left out. May be empty. */
    String note();

    /** Width and height of the picture in CSS pixels. */
    default Dimension size() {
        return new Dimension(Theme.WIDTH, Theme.HEIGHT);
    }

    /** Draws the picture into an area of a canvas. */
    void draw(Graphics2D canvas, Rectangle2D area);

    /**
     * The picture as a document of Scalable Vector Graphics.
     *
     * @param ids begins the ids inside the document, which must differ between pictures of one HTML page
     */
    default String svg(String ids) {
        return SvgCanvas.write(this, ids);
    }

    /** The picture as a document of Scalable Vector Graphics. */
    default String svg() {
        return svg("echelon");
    }

    /** The picture as a PNG image with two dots a CSS pixel. */
    default byte[] png() {
        return PngImage.write(this);
    }
}

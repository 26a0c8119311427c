package io.echelon.picture;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several pictures side by side, row by row, under one title.
 *
 * @param columns pictures in a row
 */
public record Panels(String title, String note, int columns, List<Picture> panels) implements Picture {
    private static final int TITLE = 34;
    private static final int NOTE = 26;
    private static final int SIDE = 10;
    private static final double HEIGHT_TO_WIDTH = .84;

    public Panels {
        panels = List.copyOf(panels);
    }

    private int rows() {
        return (panels.size() + columns - 1) / columns;
    }

    private double width() {
        return (Theme.WIDTH - 2.0 * SIDE) / columns;
    }

    /** The height of a row; a picture that has a row to itself keeps its own. */
    private double height(int row) {
        return columns == 1 ? panels.get(row).size().height : HEIGHT_TO_WIDTH * width();
    }

    @Override
    public Dimension size() {
        double heights = IntStream.range(0, rows()).mapToDouble(this::height).sum();
        return new Dimension(Theme.WIDTH, (int) (TITLE + heights + (note.isEmpty() ? 0 : NOTE)));
    }

    @Override
    public void draw(Graphics2D canvas, Rectangle2D area) {
        Theme.of(area).frame(canvas, area, title, note);
        double y = area.getY() + TITLE;
        for (int row = 0; row < rows(); row++) {
            for (int k = row * columns; k < Math.min(panels.size(), (row + 1) * columns); k++) {
                double x = area.getX() + SIDE + k % columns * width();
                panels.get(k).draw(canvas, new Rectangle2D.Double(x, y, width(), height(row)));
            }
            y += height(row);
        }
    }
}

package io.echelon;

import io.echelon.picture.Picture;
import io.echelon.report.PictureReport;
import io.echelon.spark.Drawn;
import io.echelon.spark.write.PictureFile;
import io.echelon.spec.Plot;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** A picture that a command drew: as a document of Scalable Vector Graphics and as a PNG image. */
public final class Drawing implements Result {
    private final SparkSession spark;
    private final Drawn drawn;
    private final String fileName;

    Drawing(SparkSession spark, Drawn drawn, String fileName) {
        this.spark = spark;
        this.drawn = drawn;
        this.fileName = fileName;
    }

    /** The command as typed. */
    public String command() {
        return drawn.command();
    }

    /** Where in a folder of results it is written, unless {@code saving()} has written it elsewhere. */
    String fileName() {
        return fileName;
    }

    /** The values that are drawn. */
    public Picture picture() {
        return drawn.picture();
    }

    /** The command that draws such pictures, without what was typed after it: {@code rvfplot}. */
    public String name() {
        return drawn.name();
    }

    /** The picture as a document of Scalable Vector Graphics. */
    public String svg() {
        return picture().svg();
    }

    /** The picture as a PNG image. */
    public byte[] png() {
        return picture().png();
    }

    /** Where {@code saving()}, or {@link #save}, wrote it. */
    public Optional<String> file() {
        return drawn.file();
    }

    /**
     * Writes the picture to a file that ends with {@code .svg} or {@code .png}.
     *
     * @param replace whether a file that exists is replaced
     * @return the same picture, which knows its file
     */
    public Drawing save(String file, boolean replace) {
        String written = new PictureFile(spark, new Plot.Saving(file, replace)).write(picture());
        return new Drawing(spark, new Drawn(command(), name(), picture(), Optional.of(written)), fileName);
    }

    /** The same picture as the one that {@link Session#write} puts into this folder. */
    public Drawing within(String folder) {
        return new Drawing(spark, new Drawn(command(), name(), picture(), Optional.of(folder + "/" + fileName)), fileName);
    }

    @Override
    public String toJson() {
        return PictureReport.json(command(), picture(), file());
    }

    /** A line that says where the picture is. */
    @Override
    public String toString() {
        return PictureReport.text(picture(), file());
    }
}

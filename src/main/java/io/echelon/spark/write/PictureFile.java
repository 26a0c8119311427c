package io.echelon.spark.write;

import io.echelon.error.EchelonException;
import io.echelon.picture.Picture;
import io.echelon.spec.Plot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** A file for a picture: {@code .svg} or {@code .png}, on any file system that Spark knows. */
public final class PictureFile {
    private final Plot.Saving saving;
    private final Path path;
    private final FileSystem files;

    /**
     * A file to write to.
     *
     * @throws EchelonException if it exists and is not to be replaced, or its folder does not exist
     */
    public PictureFile(SparkSession spark, Plot.Saving saving) {
        this.saving = saving;
        try {
            path = new Path(saving.file());
            FileSystem system =
                    path.getFileSystem(((org.apache.spark.sql.classic.SparkSession) spark).sessionState().newHadoopConf());
            // A local picture needs no file of checksums beside it.
            files = system instanceof LocalFileSystem local ? local.getRaw() : system;
            if (!saving.replace() && files.exists(path)) {
                throw EchelonException.misuse("saving(" + saving.file() + "): the file exists; choose another name, or add"
                        + " replace, as in saving(" + saving.file() + ", replace)");
            }
            Path folder = files.makeQualified(path).getParent();
            if (!files.exists(folder)) {
                throw EchelonException.misuse("saving(" + saving.file() + "): there is no folder " + path.getParent()
                        + "; make it first");
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unwritable(saving.file(), e);
        }
    }

    /** Writes the picture; the name of the file. */
    public String write(Picture picture) {
        byte[] bytes = path.getName().toLowerCase(Locale.ROOT).endsWith(".png") ? picture.png()
                : picture.svg().getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = files.create(path, true)) {
            out.write(bytes);
        } catch (IOException e) {
            throw unwritable(saving.file(), e);
        }
        return saving.file();
    }

    private static EchelonException unwritable(String file, Exception e) {
        return new EchelonException(EchelonException.Kind.FAILURE, "cannot write to " + file + ": " + e.getMessage(), e);
    }
}

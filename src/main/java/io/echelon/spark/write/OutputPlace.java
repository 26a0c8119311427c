package io.echelon.spark.write;

import io.echelon.error.EchelonException;
import io.echelon.spark.read.SparkFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The place of a folder, on any file system that Spark knows. Its contents are written beside it and moved there at the
 * end, so that no reader sees half of them; nothing but earlier contents of the same kind ever gives way to them.
 */
final class OutputPlace {
    /** What fills a folder. */
    interface Writer {
        void write(Path folder) throws IOException;
    }

    private final Path folder;
    private final FileSystem files;
    private final boolean replace;
    private final Set<String> contents;

    /**
     * A place to write to.
     *
     * @param replace  whether earlier contents are replaced
     * @param contents names of the files and folders that may give way
     * @throws EchelonException if it exists and is not to be replaced, holds anything else, or cannot be written to
     */
    OutputPlace(SparkSession spark, String folder, boolean replace, Set<String> contents) {
        this.replace = replace;
        this.contents = contents;
        if (folder.isBlank()) {
            throw EchelonException.misuse("the output folder needs a name");
        }
        try {
            Path path = new Path(folder);
            files = path.getFileSystem(
                    ((org.apache.spark.sql.classic.SparkSession) spark).sessionState().newHadoopConf());
            this.folder = files.makeQualified(path);
            requireFree();
            requireWritable();
        } catch (IOException | IllegalArgumentException e) {
            throw unwritable(folder, e);
        }
    }

    private void requireFree() throws IOException {
        if (folder.isRoot()) {
            throw EchelonException.misuse("output folder " + this + " is the root; name a folder below it");
        }
        if (!files.exists(folder)) {
            return;
        }
        if (!files.getFileStatus(folder).isDirectory()) {
            throw EchelonException.misuse("output folder " + this + " exists, and is a file; choose another name");
        }
        if (!replace) {
            throw EchelonException.misuse("output folder " + this + " exists; choose another, or say that it may be replaced"
                    + " (--replace on the command line, if-exists: replace in a job)");
        }
        for (FileStatus entry : files.listStatus(folder)) {
            String name = entry.getPath().getName();
            // Files of checksums stand beside those that Hadoop writes.
            if (!contents.contains(name.replaceFirst("^\\.(.+)\\.crc$", "$1"))) {
                throw EchelonException.misuse("output folder " + this + " holds " + name + ", which Echelon has not written and"
                        + " which would be lost: move it away, or choose another folder");
            }
        }
    }

    /** Finds out before the work begins whether a folder can be made here; of other file systems than the local one, later. */
    private void requireWritable() throws IOException {
        Path there = folder.getParent();
        while (!files.exists(there)) {
            there = there.getParent();
        }
        String name = there.toUri().getPath();
        if (!files.getFileStatus(there).isDirectory()) {
            throw new IOException(name + " is a file");
        }
        if (files instanceof LocalFileSystem && !Files.isWritable(java.nio.file.Path.of(name))) {
            throw new IOException("permission denied in " + name);
        }
    }

    /** Writes the contents and moves them into place. */
    void write(Writer writer) {
        Path temporary = sibling("writing");
        try {
            writer.write(temporary);
            requireFree();
            if (!files.exists(folder)) {
                move(temporary, folder);
                return;
            }
            Path old = sibling("old");
            move(folder, old);
            try {
                move(temporary, folder);
            } catch (IOException e) {
                move(old, folder);
                throw e;
            }
            files.delete(old, true);
        } catch (EchelonException e) {
            throw e;
        } catch (Exception e) {
            throw unwritable(toString(), e);
        } finally {
            discard(temporary);
        }
    }

    /** Writes a file. */
    void write(Path file, byte[] bytes) throws IOException {
        try (OutputStream out = files.create(file)) {
            out.write(bytes);
        }
    }

    /** Deletes what was written, if it is there. */
    void discard(Path path) {
        try {
            files.delete(path, true);
        } catch (IOException e) {
            throw unwritable(path.toString(), e);
        }
    }

    private Path sibling(String purpose) {
        String parent = folder.getParent().toString();
        // Not Path(parent, name), which takes a name with a colon for an address.
        return new Path(parent + (parent.endsWith(Path.SEPARATOR) ? "" : Path.SEPARATOR) + "." + folder.getName() + "-" + purpose
                + "-" + UUID.randomUUID());
    }

    /** Renames a folder. Where there is one of the new name, most file systems would move it into that. */
    private void move(Path from, Path to) throws IOException {
        if (files.exists(to)) {
            throw new IOException(to + " was made meanwhile, by another job perhaps");
        }
        if (!files.rename(from, to)) {
            throw new IOException("cannot rename " + from + " to " + to);
        }
    }

    private static EchelonException unwritable(String folder, Exception e) {
        return SparkFailure.of("cannot write to " + folder, e);
    }

    /** The folder as a path; that of a local one without its scheme. */
    @Override
    public String toString() {
        return files instanceof LocalFileSystem ? folder.toUri().getPath() : folder.toString();
    }
}

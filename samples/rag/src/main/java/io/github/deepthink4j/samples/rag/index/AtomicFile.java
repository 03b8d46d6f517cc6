package io.github.deepthink4j.samples.rag.index;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file so that there is, whatever happens, the old one or the new one and never half of one. */
final class AtomicFile {

    static final String UNFINISHED = ".tmp";

    interface Content {
        void writeTo(Path file) throws IOException;
    }

    private AtomicFile() {}

    static void write(Path target, Content content) throws IOException {
        Path beside = target.resolveSibling(target.getFileName() + UNFINISHED);
        content.writeTo(beside);
        try (FileChannel channel = FileChannel.open(beside, WRITE)) {
            channel.force(true);
        }
        Files.move(beside, target, ATOMIC_MOVE, REPLACE_EXISTING);
        syncDirectory(target.toAbsolutePath().getParent());
    }

    /** Without it a power cut may undo the move; Windows has no such thing for a directory, and needs none. */
    private static void syncDirectory(Path directory) throws IOException {
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            }
        }
    }
}

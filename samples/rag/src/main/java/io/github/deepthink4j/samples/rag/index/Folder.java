package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies in a folder. Hidden files and links are passed over.
 *
 * @param documents  by their path in the folder, with slashes
 * @param otherFiles how many are of a kind that is not read here
 * @param unreadable folders in it that could not be looked into, with the reason
 */
public record Folder(
        Path root, SortedMap<String, Path> documents, int otherFiles, SortedMap<String, String> unreadable) {

    /** @throws UsageException if there is no such folder, or no document in it */
    public static Folder list(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new UsageException("There is no folder " + root + ".");
        }
        // The folder itself may be a link.
        Path real = root.toRealPath();
        Lister lister = new Lister(real);
        Files.walkFileTree(real, lister);
        if (lister.documents.isEmpty()) {
            throw new UsageException(
                    "There is no document in " + root + ": .md, .txt and .pdf files are read. Nothing was changed.");
        }
        return new Folder(real, lister.documents, lister.otherFiles, lister.unreadable);
    }

    /** Whether a file may be there although it was not seen. */
    boolean mayHold(String file) {
        return unreadable.keySet().stream().anyMatch(folder -> file.startsWith(folder + "/"));
    }

    private static final class Lister extends SimpleFileVisitor<Path> {

        private final Path root;
        private final SortedMap<String, Path> documents = new TreeMap<>();
        private final SortedMap<String, String> unreadable = new TreeMap<>();
        private int otherFiles;

        Lister(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(root) && isHidden(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file)) {
                String name = name(file);
                if (DocumentSplitting.reads(name)) {
                    documents.put(name, file);
                } else {
                    otherFiles++;
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
                throw new UsageException("The folder " + root + " cannot be read: " + e.getMessage(), e);
            }
            unreadable.put(name(file), "it cannot be read (" + e.getClass().getSimpleName() + ")");
            return FileVisitResult.CONTINUE;
        }

        private String name(Path file) {
            return root.relativize(file).toString().replace('\\', '/');
        }

        private static boolean isHidden(Path file) {
            return file.getFileName().toString().startsWith(".");
        }
    }
}

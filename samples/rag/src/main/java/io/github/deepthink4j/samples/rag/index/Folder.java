package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import io.github.deepthink4j.samples.rag.screen.CleanText;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What lies in a folder. Hidden files and links are passed over.
 *
 * @param documents  by their path in the folder, with slashes
 * @param otherFiles how many are of a kind that is not read here
 * @param unreadable folders and files in it that could not be looked into, with the reason
 */
public record Folder(
        Path root, SortedMap<String, Path> documents, int otherFiles, SortedMap<String, String> unreadable) {

    /** As the other one, to its end. */
    public static Folder list(Path root) throws IOException {
        return list(root, () -> false);
    }

    /**
     * @param stop ends it at once, with what was seen until then
     * @throws UsageException if there is no such folder, or no document in it
     */
    public static Folder list(Path root, BooleanSupplier stop) throws IOException {
        return list(root, DocumentSplitting::readsAlone, stop);
    }

    /**
     * As the other one.
     *
     * @param reads whether a file of this name is read
     */
    public static Folder list(Path root, Predicate<String> reads, BooleanSupplier stop) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new UsageException(
                    Files.exists(root)
                            ? Words.of(
                                    root + " is no folder. Name the folder that it is in.", root + " 不是文件夹。请给出它所在的文件夹。")
                            : thereIsNone(root));
        }
        // The folder itself may be a link.
        Path real = root.toRealPath();
        Lister lister = new Lister(real, reads, stop);
        Files.walkFileTree(real, lister);
        if (lister.documents.isEmpty() && !stop.getAsBoolean()) {
            throw new UsageException(Words.of(
                    "There is no document in " + root + ": " + DocumentSplitting.KINDS
                            + " files are read. Nothing was changed.",
                    root + " 里没有文档：可读 "
                            + DocumentSplitting.KINDS.replace(", ", "、").replace(" and ", " 和 ") + " 文件。没有做任何改动。"));
        }
        return new Folder(real, lister.documents, lister.otherFiles, lister.unreadable);
    }

    private static String thereIsNone(Path root) {
        boolean undecoded = root.toString().contains("\uFFFD");
        return Words.of("There is no folder " + root + ".", "没有文件夹 " + root + "。")
                + (undecoded
                        ? Words.of(
                                " Java cannot read its name without a locale: LC_ALL=C.UTF-8 is one.",
                                "没有 locale 时 Java 读不出它的名字：请设置例如 LC_ALL=C.UTF-8。")
                        : "");
    }

    /** Whether a file may be there although it was not seen. */
    boolean mayHold(String file) {
        return unreadable.keySet().stream().anyMatch(one -> file.equals(one) || file.startsWith(one + "/"));
    }

    private static final class Lister extends SimpleFileVisitor<Path> {

        private static final String UNDECODED = "\uFFFD";

        private final Path root;
        private final URI rootUri;
        private final Predicate<String> reads;
        private final BooleanSupplier stop;
        private final SortedMap<String, Path> documents = new TreeMap<>();
        private final SortedMap<String, String> unreadable = new TreeMap<>();
        private int otherFiles;

        Lister(Path root, Predicate<String> reads, BooleanSupplier stop) {
            this.reads = reads;
            this.root = root;
            this.stop = stop;
            this.rootUri = root.toUri();
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
                if (reads.test(name)) {
                    documents.put(name, file);
                } else {
                    otherFiles++;
                }
            }
            return stop.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
                throw new UsageException(
                        Words.of(
                                "The folder " + root + " cannot be read: " + FileTrouble.of(e) + ".",
                                "无法读取文件夹 " + root + "：" + FileTrouble.of(e) + "。"),
                        e);
            }
            if (!isHidden(file)) {
                unreadable.put(
                        name(file),
                        Words.of("it cannot be read (" + FileTrouble.of(e) + ")", "无法读取（" + FileTrouble.of(e) + "）"));
            }
            return FileVisitResult.CONTINUE;
        }

        /** Told of a folder that fails, or is taken away, while it is being listed. */
        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
            return e == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, e);
        }

        /**
         * By its bytes, in UTF-8: where there is no locale, Java writes each letter that is not ASCII as the same mark. So is a name
         * with a line's end in it, with which it could write a line of the program's.
         */
        private String name(Path file) {
            URI inRoot = rootUri.relativize(file.toUri());
            String decoded = inRoot.getPath();
            boolean plain =
                    !decoded.contains(UNDECODED) && CleanText.of(decoded).equals(decoded) && decoded.indexOf('\n') < 0;
            String name = plain ? decoded : inRoot.getRawPath();
            return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        }

        private static boolean isHidden(Path file) {
            return file.getFileName().toString().startsWith(".");
        }
    }
}

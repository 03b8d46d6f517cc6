package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.document.UnreadableDocumentException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The bytes of a document, as they were when it was read.
 *
 * @param hash tells one version of it from another
 */
record DocumentFile(byte[] content, String hash) {

    private static final long MAX_BYTES = 64L << 20;

    private static final int PIECE = 1 << 20;

    /**
     * Nothing if it was stopped before.
     *
     * @param file that was a regular one when the folder was listed, which it may not be any more: a pipe would be waited for
     */
    static Optional<DocumentFile> read(Path file, BooleanSupplier stop) throws UnreadableDocumentException {
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new UnreadableDocumentException(Words.of("it is not a file any more", "它已经不是文件"));
            }
            try (InputStream in = Files.newInputStream(file)) {
                ByteArrayOutputStream content = new ByteArrayOutputStream((int) Math.min(Files.size(file), MAX_BYTES));
                while (!stop.getAsBoolean()) {
                    byte[] piece = in.readNBytes(PIECE);
                    content.writeBytes(piece);
                    if (content.size() > MAX_BYTES) {
                        throw new UnreadableDocumentException(Words.of(
                                "it is larger than " + (MAX_BYTES >> 20) + " MiB",
                                "文件大于 " + (MAX_BYTES >> 20) + " MiB"));
                    }
                    if (piece.length < PIECE) {
                        byte[] all = content.toByteArray();
                        return Optional.of(new DocumentFile(all, hash(all)));
                    }
                }
                return Optional.empty();
            }
        } catch (IOException e) {
            throw new UnreadableDocumentException(
                    Words.of("it cannot be read (" + FileTrouble.of(e) + ")", "无法读取（" + FileTrouble.of(e) + "）"), e);
        }
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

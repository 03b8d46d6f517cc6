package io.github.deepthink4j.samples.rag.document;

import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Files that are archives inside: they may unpack to more than any memory holds. */
final class Zip {

    /** A document of text has a few megabytes, and pictures hardly shrink. */
    static final long MAX_UNPACKED = 256L << 20;

    private static final int MAX_ENTRIES = 20_000;
    private static final int PIECE = 1 << 16;

    private Zip() {}

    static boolean is(byte[] content) {
        return content.length > 3 && content[0] == 'P' && content[1] == 'K' && content[2] == 3 && content[3] == 4;
    }

    /**
     * Unpacks all of it, to be sure that it can be, and keeps what is wanted.
     *
     * @param wanted whether to keep the entry of this name
     */
    static Map<String, byte[]> entries(byte[] content, Predicate<String> wanted, Watch watch)
            throws IOException, UnreadableDocumentException, StoppedException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        byte[] piece = new byte[PIECE];
        long unpacked = 0;
        int count = 0;
        try (ByteArrayInputStream bytes = new ByteArrayInputStream(content);
                ZipInputStream zip = new ZipInputStream(bytes)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                ByteArrayOutputStream kept = new ByteArrayOutputStream();
                if (++count > MAX_ENTRIES) {
                    throw new UnreadableDocumentException(Words.of(
                            "it is an archive of more than " + MAX_ENTRIES + " parts",
                            "压缩包里的文件超过 " + MAX_ENTRIES + " 个"));
                }
                boolean keep = wanted.test(entry.getName());
                for (int read = zip.read(piece); read >= 0; read = zip.read(piece)) {
                    unpacked += read;
                    if (unpacked > MAX_UNPACKED) {
                        throw new UnreadableDocumentException(Words.of(
                                "it unpacks to more than " + (MAX_UNPACKED >> 20) + " MiB",
                                "解压后超过 " + (MAX_UNPACKED >> 20) + " MiB"));
                    }
                    if (keep) {
                        kept.write(piece, 0, read);
                    }
                    watch.check(content.length - bytes.available(), content.length);
                }
                if (keep) {
                    entries.put(entry.getName(), kept.toByteArray());
                }
            }
        }
        return entries;
    }
}

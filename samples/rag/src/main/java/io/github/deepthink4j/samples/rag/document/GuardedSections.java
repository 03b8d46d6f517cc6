package io.github.deepthink4j.samples.rag.document;

import dev.langchain4j.data.document.Document;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads a file of a format that a stranger may have made a trap of, in a thread of its own: what takes too long, recurses too deeply or
 * needs more memory than there is costs that one file. A parser that cannot be stopped is left behind; it ends with the program.
 */
final class GuardedSections implements SectionReader {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final long STACK_BYTES = 1 << 20;

    private final SectionReader reader;
    private final String kind;
    private final Duration limit;

    /** @param kind what it should be */
    GuardedSections(SectionReader reader, String kind, Duration limit) {
        this.reader = reader;
        this.kind = kind;
        this.limit = limit;
    }

    @Override
    public List<Document> read(byte[] content, Watch watch) throws UnreadableDocumentException, StoppedException {
        Leash leash = new Leash(watch);
        CompletableFuture<List<Document>> sections = new CompletableFuture<>();
        Thread thread = new Thread(null, () -> complete(sections, content, leash), "reading", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return sections.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            leash.cut = true;
            thread.interrupt();
            throw new UnreadableDocumentException(
                    Words.of(
                            "it takes longer than " + limit.toSeconds() + " seconds to read",
                            "读取超过 " + limit.toSeconds() + " 秒"),
                    e);
        } catch (InterruptedException e) {
            leash.cut = true;
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new StoppedException();
        } catch (ExecutionException e) {
            throw reason(e.getCause());
        }
    }

    private void complete(CompletableFuture<List<Document>> sections, byte[] content, Watch watch) {
        try {
            sections.complete(reader.read(content, watch));
        } catch (Throwable e) {
            // What a parser of foreign bytes throws is the reason why this file is left out, and no more than that.
            sections.completeExceptionally(e);
        }
    }

    private UnreadableDocumentException reason(Throwable error) throws StoppedException {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof StoppedException stopped) {
                throw stopped;
            }
            if (cause instanceof UnreadableDocumentException unreadable) {
                return unreadable;
            }
            if (cause instanceof OutOfMemoryError) {
                return new UnreadableDocumentException(
                        Words.of("it needs more memory than there is", "所需内存超过现有内存"), error);
            }
        }
        return new UnreadableDocumentException(
                Words.of(
                        "it is no " + kind + " that can be read, or is damaged",
                        "不是能读的 " + kind.replace("file", "文件") + "，或者已损坏"),
                error);
    }

    /** Ends a parser that was given up at the next sign of life. */
    private static final class Leash implements Watch {

        private final Watch watch;
        private volatile boolean cut;

        Leash(Watch watch) {
            this.watch = watch;
        }

        @Override
        public boolean goesOn(long done, long all) {
            return !cut && watch.goesOn(done, all);
        }
    }
}

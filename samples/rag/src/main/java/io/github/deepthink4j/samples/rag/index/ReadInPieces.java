package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.AbstractList;
import java.util.List;

/** The embeddings of a file, of which some are in memory at a time; made to be gone through from the first to the last. */
final class ReadInPieces extends AbstractList<Embedding> {

    /** Where they come from. */
    @FunctionalInterface
    interface Source {

        /** Those of the passages from this one on, without the last. */
        List<Embedding> read(int from, int to) throws IOException;
    }

    private final Source source;
    private final int size;
    private final int piece;
    private int from;
    private List<Embedding> read = List.of();

    ReadInPieces(Source source, int size, int piece) {
        this.source = source;
        this.size = size;
        this.piece = piece;
    }

    @Override
    public Embedding get(int index) {
        if (index < from || index >= from + read.size()) {
            try {
                read = source.read(index, Math.min(index + piece, size));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            from = index;
        }
        return read.get(index - from);
    }

    @Override
    public int size() {
        return size;
    }
}

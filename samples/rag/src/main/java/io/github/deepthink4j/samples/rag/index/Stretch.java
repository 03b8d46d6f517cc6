package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.embedding.Embedding;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.model.SideBySideEmbeddings.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one embedding model fills of a vector. Each has an index of its own: passages in two languages are all equally far from each
 * other, and no path of nearer and nearer ones leads from the one half of a common index into the other.
 *
 * @param from the first of its numbers, from 0
 */
record Stretch(int from, int dimension) {

    /** Of vectors of another length than this program's, one that is all of it. */
    static List<Stretch> of(int dimension) {
        List<Stretch> stretches = new ArrayList<>();
        int from = 0;
        for (Part part : LocalEmbeddings.model().parts()) {
            stretches.add(new Stretch(from, part.dimension()));
            from += part.dimension();
        }
        return from == dimension ? stretches : List.of(new Stretch(0, dimension));
    }

    /** The one that holds all of a vector, if there is one. */
    static Optional<Stretch> holding(Embedding embedding, List<Stretch> stretches) {
        return stretches.stream()
                .filter(stretch -> !stretch.isZeroIn(embedding.vector()))
                .filter(stretch -> stretches.stream()
                        .allMatch(other -> other.equals(stretch) || other.isZeroIn(embedding.vector())))
                .findFirst();
    }

    private boolean isZeroIn(float[] vector) {
        for (int i = from; i < from + dimension; i++) {
            if (vector[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** The numbers of a vector that are in it, as pgvector writes them. */
    String literal(Embedding embedding) {
        StringBuilder literal = new StringBuilder("[");
        for (int i = from; i < from + dimension; i++) {
            literal.append(i == from ? "" : ",").append(embedding.vector()[i]);
        }
        return literal.append(']').toString();
    }

    /** A vector of zeros but for these numbers, as pgvector writes them. */
    Embedding embedding(String literal, int length) {
        float[] vector = new float[length];
        String[] numbers = literal.substring(1, literal.length() - 1).split(",");
        for (int i = 0; i < numbers.length; i++) {
            vector[from + i] = Float.parseFloat(numbers[i]);
        }
        return Embedding.from(vector);
    }

    /** It in full. */
    String column() {
        return "subvector(embedding, " + (from + 1) + ", " + dimension + ")";
    }

    /** It with half the digits, which is what is indexed: half the size, and the order of near ones hardly differs. */
    String indexed() {
        return "(" + column() + "::halfvec(" + dimension + "))";
    }
}

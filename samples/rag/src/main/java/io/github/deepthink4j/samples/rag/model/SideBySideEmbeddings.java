package io.github.deepthink4j.samples.rag.model;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Several embedding models, each for texts of its languages, in one space: a vector has a stretch for each model, and is zero where
 * the text is in none of its languages. So one store with one column holds them all, and texts in different languages are
 * neither near nor far.
 */
public final class SideBySideEmbeddings implements EmbeddingModel {

    /**
     * A model and what it is for.
     *
     * @param name      part of the name of the pipeline that an index was made by
     * @param languages whose texts it embeds
     * @param minScore  relevance from 0 to 1, as LangChain4j has it: (cosine + 1) / 2. What is below is about something else
     * @param wordWeight how often the ranks by words are counted beside those by this model
     * @param model     loaded when it is first needed
     */
    public record Part(
            String name,
            Set<Language> languages,
            int dimension,
            double minScore,
            int wordWeight,
            Supplier<EmbeddingModel> model) {}

    private final List<Part> parts;

    public SideBySideEmbeddings(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    public List<Part> parts() {
        return parts;
    }

    public String name() {
        return parts.stream().map(Part::name).collect(Collectors.joining(" + "));
    }

    @Override
    public int dimension() {
        return parts.stream().mapToInt(Part::dimension).sum();
    }

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        List<float[]> vectors =
                segments.stream().map(segment -> new float[dimension()]).toList();
        int from = 0;
        for (Part part : parts) {
            embed(part, from, segments, vectors);
            from += part.dimension();
        }
        return Response.from(vectors.stream().map(Embedding::from).toList());
    }

    private static void embed(Part part, int from, List<TextSegment> segments, List<float[]> vectors) {
        List<TextSegment> own = new ArrayList<>();
        List<float[]> into = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            if (Language.of(segments.get(i).text()).stream().anyMatch(part.languages()::contains)) {
                own.add(segments.get(i));
                into.add(vectors.get(i));
            }
        }
        if (!own.isEmpty()) {
            List<Embedding> embeddings = part.model().get().embedAll(own).content();
            for (int i = 0; i < own.size(); i++) {
                System.arraycopy(embeddings.get(i).vector(), 0, into.get(i), from, part.dimension());
            }
        }
    }

    /** A question as each of the models has it that know a language of it, to be searched one after the other. */
    public List<Sought> sought(String question) {
        float[] all = embed(question).content().vector();
        List<Sought> sought = new ArrayList<>();
        int from = 0;
        for (Part part : parts) {
            if (lengthSquared(all, from, part.dimension()) > 0) {
                float[] one = new float[all.length];
                System.arraycopy(all, from, one, from, part.dimension());
                sought.add(new Sought(Embedding.from(one), from, part));
            }
            from += part.dimension();
        }
        return sought;
    }

    /**
     * A question as one model has it.
     *
     * @param embedding zero outside of the model's stretch
     */
    public record Sought(Embedding embedding, int from, Part part) {

        /**
         * Of a passage to the question, from 0 to 1. A passage in two languages is as long in each stretch as one of a single
         * language, so the cosine of the whole vectors would be too small: it is that of the stretch.
         */
        public double relevance(Embedding passage) {
            float[] mine = embedding.vector();
            float[] other = passage.vector();
            double product = 0;
            for (int i = from; i < from + part.dimension(); i++) {
                product += mine[i] * other[i];
            }
            double lengths = Math.sqrt(
                    lengthSquared(mine, from, part.dimension()) * lengthSquared(other, from, part.dimension()));
            return lengths == 0 ? 0 : (1 + product / lengths) / 2;
        }
    }

    private static double lengthSquared(float[] vector, int from, int dimension) {
        double sum = 0;
        for (int i = from; i < from + dimension; i++) {
            sum += vector[i] * vector[i];
        }
        return sum;
    }
}

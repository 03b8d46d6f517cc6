package io.github.deepthink4j.agent.internal;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import io.github.deepthink4j.internal.request.FileReference;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.profile.Feature;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which features a request needs, and who has them. */
public final class Needs {

    private Needs() {}

    public static Set<Feature> of(ChatRequest request) {
        Set<Feature> needs = EnumSet.noneOf(Feature.class);
        if (!request.toolSpecifications().isEmpty()) {
            needs.add(Feature.TOOLS);
        }
        if (request.parameters() instanceof DeepSeekChatRequestParameters own
                && own.serverTools() != null
                && !own.serverTools().isEmpty()) {
            needs.add(Feature.SERVER_TOOLS);
        }
        if (wantsJson(request)) {
            needs.add(Feature.JSON_MODE);
        }
        if (request.messages().stream().anyMatch(Needs::hasImage)) {
            needs.add(Feature.IMAGES);
        }
        if (request.messages().stream().flatMap(Needs::contents).anyMatch(FileReference::isOne)) {
            needs.add(Feature.FILES);
        }
        return needs;
    }

    public static boolean wantsJson(ChatRequest request) {
        ResponseFormat format = request.responseFormat();
        return format != null && format.type() == ResponseFormatType.JSON;
    }

    private static boolean hasImage(ChatMessage message) {
        return contents(message)
                .anyMatch(content -> content.type() == ContentType.IMAGE && !FileReference.isOne(content));
    }

    private static Stream<Content> contents(ChatMessage message) {
        List<Content> contents = message instanceof UserMessage user
                ? user.contents()
                : message instanceof ToolExecutionResultMessage result ? result.contents() : List.of();
        return contents.stream();
    }

    /**
     * The first part that has all of it.
     *
     * @throws UnsupportedFeatureException if none has; it says who lacks what
     */
    public static <M> Part<M> firstThatCan(Set<Feature> needs, ChatRequest request, List<Part<M>> parts) {
        return parts.stream()
                .filter(part -> can(part, needs, request))
                .findFirst()
                .orElseThrow(() -> new UnsupportedFeatureException("no part can do all that the request needs ("
                        + words(needs.stream()) + origin(needs, request) + "): "
                        + parts.stream()
                                .map(part -> "the " + part.name() + name(part) + " lacks "
                                        + words(lacking(part, needs, request)))
                                .collect(Collectors.joining(", "))
                        + ". Use a part that can, or declare its features if this is wrong"));
    }

    public static boolean can(Part<?> part, Set<Feature> needs, ChatRequest request) {
        return part.features(request.parameters()).containsAll(needs);
    }

    private static String origin(Set<Feature> needs, ChatRequest request) {
        boolean fromTools = needs.contains(Feature.IMAGES)
                && request.messages().stream()
                        .anyMatch(message -> message instanceof ToolExecutionResultMessage && hasImage(message));
        return fromTools ? ", as non-text content of tool results" : "";
    }

    private static Stream<Feature> lacking(Part<?> part, Set<Feature> needs, ChatRequest request) {
        Set<Feature> has = part.features(request.parameters());
        return needs.stream().filter(need -> !has.contains(need));
    }

    private static String name(Part<?> part) {
        return part.modelName() == null ? "" : " (" + part.modelName() + ")";
    }

    private static String words(Stream<Feature> features) {
        return features.map(feature -> switch (feature) {
                    case TOOLS -> "tools";
                    case JSON_MODE -> "JSON output";
                    case IMAGES -> "images";
                    case SERVER_TOOLS -> "server tools";
                    case FILES -> "uploaded files";
                    default -> feature.name().toLowerCase(Locale.ROOT);
                })
                .collect(Collectors.joining(" and "));
    }
}

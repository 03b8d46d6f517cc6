package io.github.deepthink4j.agent.routing;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.agent.internal.Needs;
import io.github.deepthink4j.agent.internal.Part;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ReasoningReplay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Names the route that can do what a request needs, for the {@code RoutingChatModel} that LangChain4j has since 1.23, or for anything
 * else that goes by names. The first route wins that has tools, JSON output and images as far as the request needs them; of several,
 * the first one whose rule about reasoning fits the history's tool calls: one that wants thoughts back where the calls have thoughts,
 * one that does without where they have none.
 *
 * <pre>{@code
 * RoutingChatModel.builder()
 *         .route("chat", chat)
 *         .route("reasoner", reasoner)
 *         .router(router.as(ChatModelRouter.class))
 *         .defaultRoute("chat")
 *         .build();
 * }</pre>
 *
 * Immutable, and calls no model.
 */
public final class CapabilityRouter {

    private final List<Part<Object>> routes;

    private CapabilityRouter(List<Part<Object>> routes) {
        this.routes = routes;
    }

    /**
     * The name of the route for a request.
     *
     * @throws UnsupportedFeatureException if no route can do what it needs; it says who lacks what
     */
    public String route(ChatRequest request) {
        return among(routes, request);
    }

    /** As {@link #route(ChatRequest)}, of these alone. */
    String route(ChatRequest request, Collection<String> names) {
        return among(
                routes.stream().filter(route -> names.contains(route.name())).toList(), request);
    }

    private static String among(List<Part<Object>> routes, ChatRequest request) {
        Set<Feature> needs = Needs.of(request);
        return routes.stream()
                .filter(route -> Needs.can(route, needs, request) && fits(route, request))
                .findFirst()
                .orElseGet(() -> Needs.firstThatCan(needs, request, routes))
                .name();
    }

    /**
     * This router as LangChain4j's, which has one since 1.23; it answers {@code routeAsync} too.
     *
     * @param type {@code dev.langchain4j.model.chat.router.ChatModelRouter}, which no signature can name with 1.19
     * @throws IllegalArgumentException if it is another type
     */
    public <R> R as(Class<R> type) {
        return LangChain4jRouter.of(this, type);
    }

    /**
     * Whoever goes by this router has these routes.
     *
     * @throws IllegalArgumentException if they are not the ones that it knows
     */
    void expect(Collection<String> names) {
        List<String> known = routes.stream().map(Part::name).toList();
        if (!names.containsAll(known) || !known.containsAll(names)) {
            throw new IllegalArgumentException("the router knows the routes " + known + ", and the model has " + names);
        }
    }

    @Override
    public String toString() {
        return "CapabilityRouter" + routes.stream().map(Part::name).toList();
    }

    /** Of another vendor's model no rule is known. */
    private static boolean fits(Part<?> route, ChatRequest request) {
        ModelProfile profile = route.profile();
        if (profile == null) {
            return true;
        }
        boolean wants = profile.reasoningReplay() != ReasoningReplay.FORBIDDEN && route.thinks(request.parameters());
        return request.messages().stream()
                .filter(CapabilityRouter::calls)
                .allMatch(message -> wants == (((AiMessage) message).thinking() != null));
    }

    private static boolean calls(ChatMessage message) {
        return message instanceof AiMessage ai && ai.hasToolExecutionRequests();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link CapabilityRouter}. */
    public static final class Builder {

        private final List<Part<Object>> routes = new ArrayList<>();

        private Builder() {}

        /**
         * A route, to be preferred to those added after it. What its model can do is read off its profile if it is one of ours; of any
         * other it is what it declares to LangChain4j, and tools besides.
         *
         * @throws IllegalArgumentException if there is a route of that name
         */
        public Builder route(String name, ChatModel model) {
            return add(name, Part.of(name, model, null));
        }

        /** As {@link #route(String, ChatModel)}, with what it can do: of tools, JSON mode and images, those it has. */
        public Builder route(String name, ChatModel model, Set<Feature> features) {
            return add(name, Part.of(name, model, requireNonNull(features, "features")));
        }

        /** As {@link #route(String, ChatModel)}, for a {@code RoutingStreamingChatModel}. */
        public Builder route(String name, StreamingChatModel model) {
            return add(name, Part.of(name, model, null));
        }

        /** As {@link #route(String, ChatModel, Set)}, for a {@code RoutingStreamingChatModel}. */
        public Builder route(String name, StreamingChatModel model, Set<Feature> features) {
            return add(name, Part.of(name, model, requireNonNull(features, "features")));
        }

        private Builder add(String name, Part<?> route) {
            requireNonNull(name, "name");
            if (routes.stream().anyMatch(other -> other.name().equals(name))) {
                throw new IllegalArgumentException("there are two routes named '" + name + "'");
            }
            routes.add(anyModel(route));
            return this;
        }

        private static Part<Object> anyModel(Part<?> route) {
            return new Part<>(
                    route.name(),
                    requireNonNull(route.model()),
                    route.modelName(),
                    route.profile(),
                    route.defaults(),
                    route.declared(),
                    route.jsonSchema());
        }

        /**
         * @throws IllegalArgumentException if there is no route
         */
        public CapabilityRouter build() {
            if (routes.isEmpty()) {
                throw new IllegalArgumentException(
                        "a router needs routes: add them to the builder, the first choice first");
            }
            return new CapabilityRouter(List.copyOf(routes));
        }
    }
}

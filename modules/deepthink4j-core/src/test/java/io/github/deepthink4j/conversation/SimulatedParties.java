package io.github.deepthink4j.conversation;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import io.github.deepthink4j.conversation.Talk.Party;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.Brain;
import java.util.EnumMap;
import java.util.Map;

/**
 * A server of each party's generation, and models that talk to it, for all tests of a class: to start them for each
 * conversation takes longer than the conversation. What is said is kept by memories, and none of it here.
 */
public final class SimulatedParties implements AutoCloseable {

    private record Models(DeepSeekSimulator server, DeepSeekChatModel blocking, DeepSeekStreamingChatModel streaming) {

        static Models of(Party party) {
            DeepSeekSimulator server = DeepSeekSimulator.as(party.generation());
            String url = server.baseUrl();
            return new Models(server, Talk.model(party, url), Talk.streamingModel(party, url));
        }
    }

    private final Map<Party, Models> started = new EnumMap<>(Party.class);

    private Models models(Party party) {
        return started.computeIfAbsent(party, Models::of);
    }

    /** As new, but for its address. */
    public DeepSeekSimulator server(Party party, Brain brain) {
        DeepSeekSimulator server = models(party).server();
        server.reset();
        return server.brain(brain);
    }

    /** Talks to the party's server. */
    public ChatModel model(Party party) {
        return models(party).blocking();
    }

    /** Talks to the party's server. */
    public StreamingChatModel streamingModel(Party party) {
        return models(party).streaming();
    }

    @Override
    public void close() {
        started.values().forEach(models -> {
            models.blocking().close();
            models.streaming().close();
            models.server().close();
        });
    }
}

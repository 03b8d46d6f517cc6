package io.github.deepthink4j.conversation;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.store.memory.chat.InMemoryChatMemoryStore;
import io.github.deepthink4j.conversation.Talk.Party;
import io.github.deepthink4j.conversation.Trouble.Assistant;
import io.github.deepthink4j.conversation.Trouble.Kind;
import io.github.deepthink4j.conversation.Trouble.ThinkingBrain;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import io.github.deepthink4j.thorough.Thorough;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/** One conversation of dozens of turns with one memory, always the same; the page on memory has its figures for fifty. */
final class MemoryTrial {

    static final int TURNS = Thorough.times(50, 25);

    private static final long SEED = 42;

    /**
     * What it came to.
     *
     * @param bytesHandedOver what the memory gave to the model, as LangChain4j's JSON: any client might send that
     * @param bytesSent       what our client sent of it
     * @param bytesStored     at the end, as LangChain4j's JSON
     * @param refused         requests that the server would not have, 4xx
     * @param asExpected      turns that were answered, or that failed and had to
     * @param mostMessages    how many messages the memory held at most
     */
    record Outcome(
            long bytesHandedOver, long bytesSent, long bytesStored, int refused, int asExpected, int mostMessages) {}

    /** Keeps the largest number of messages that it was given. */
    static final class WatchedStore extends InMemoryChatMemoryStore {

        private int mostMessages;

        @Override
        public void updateMessages(Object memoryId, List<ChatMessage> messages) {
            super.updateMessages(memoryId, messages);
            mostMessages = Math.max(mostMessages, messages.size());
        }
    }

    private final boolean tools;
    private final DeepSeekSimulator deepSeek;
    private final WatchedStore store;
    private final Assistant assistant;
    /** As JSON; the same objects are sent again in each request. */
    private final Map<ChatMessage, Integer> lengths = new IdentityHashMap<>();

    private long bytesHandedOver;

    MemoryTrial(Party party, boolean tools, DeepSeekSimulator deepSeek, ChatMemory memory, WatchedStore store) {
        this.tools = tools;
        this.deepSeek = deepSeek;
        this.store = store;
        ChatModelListener listener = new ChatModelListener() {
            @Override
            public void onRequest(ChatModelRequestContext context) {
                List<ChatMessage> messages = context.chatRequest().messages();
                // A list is its messages in brackets, with commas between them.
                bytesHandedOver += messages.size() + 1;
                for (ChatMessage message : messages) {
                    bytesHandedOver += lengths.computeIfAbsent(message, MemoryTrial::length);
                }
            }
        };
        this.assistant = Trouble.assistant(party, tools, deepSeek.baseUrl(), memory, listener);
    }

    static DeepSeekSimulator simulator(Party party) {
        return DeepSeekSimulator.as(party.generation()).brain(new ThinkingBrain());
    }

    private static int length(ChatMessage message) {
        return ChatMessageSerializer.messageToJson(message).length();
    }

    Outcome run(BiFunction<Random, Boolean, Kind> kinds) {
        deepSeek.reset();
        Random random = new Random(SEED);
        int asExpected = 0;
        for (int turn = 0; turn < TURNS; turn++) {
            Kind kind = kinds.apply(random, tools);
            asExpected += goesAsItShould(kind, kind + " question " + turn) ? 1 : 0;
        }
        List<SimulatedRequest> requests = deepSeek.requests();
        return new Outcome(
                bytesHandedOver,
                requests.stream().mapToLong(request -> request.rawBody().length).sum(),
                ChatMessageSerializer.messagesToJson(store.getMessages("default"))
                        .length(),
                (int) requests.stream()
                        .filter(request -> request.status() / 100 == 4)
                        .count(),
                asExpected,
                store.mostMessages);
    }

    /** Answered, or failed where that was the point; a request that is refused never is. */
    private boolean goesAsItShould(Kind kind, String question) {
        try {
            assistant.chat(question);
            return !kind.endsRun();
        } catch (InternalServerException e) {
            return kind.endsRun();
        } catch (RuntimeException e) {
            return kind.endsRun() && deepSeek.lastRequest().status() == 200;
        }
    }
}

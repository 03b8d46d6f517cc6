package io.github.deepthink4j.internal.stream;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * The types of LangChain4j's streaming events that are newer than the version that this is compiled against, looked up once at run
 * time; nothing else in this project looks for newer types of LangChain4j's. {@code CompleteResponse} and
 * {@code RawStreamingEvent} came with 1.20. The other events ({@code PartialThinking}, {@code PartialResponse},
 * {@code PartialToolCall}, {@code CompleteToolCall}) have been there as what handlers are told, and are events since 1.20.
 */
final class NewerEvents {

    private static final String PACKAGE = "dev.langchain4j.model.chat.response.";

    private static final @Nullable MethodHandle COMPLETE_RESPONSE = completeResponse();
    private static final @Nullable MethodHandle RAW_STREAMING_EVENT = rawStreamingEvent();

    private NewerEvents() {}

    /** The last event of an answer; on LangChain4j 1.19, which has no type for it, the response itself. */
    static Object complete(ChatResponse response) {
        return COMPLETE_RESPONSE == null ? response : make(COMPLETE_RESPONSE, response);
    }

    /** An event of another vendor's that has no name; {@code null} on LangChain4j 1.19. */
    static @Nullable Object raw(Object event) {
        return RAW_STREAMING_EVENT == null ? null : make(RAW_STREAMING_EVENT, event);
    }

    private static Object make(MethodHandle event, Object of) {
        try {
            return event.invoke(of);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("An event of LangChain4j could not be made", e);
        }
    }

    private static @Nullable MethodHandle completeResponse() {
        try {
            return MethodHandles.publicLookup()
                    .findConstructor(type("CompleteResponse"), MethodType.methodType(void.class, ChatResponse.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static @Nullable MethodHandle rawStreamingEvent() {
        try {
            Class<?> type = type("RawStreamingEvent");
            return MethodHandles.publicLookup().findStatic(type, "of", MethodType.methodType(type, Object.class));
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, true, StreamingChatModel.class.getClassLoader());
    }
}

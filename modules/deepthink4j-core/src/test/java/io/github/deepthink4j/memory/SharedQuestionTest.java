package io.github.deepthink4j.memory;

import static io.github.deepthink4j.memory.Said.inWords;
import static io.github.deepthink4j.memory.Said.plain;
import static io.github.deepthink4j.memory.Said.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ContentFilteredException;
import io.github.deepthink4j.internal.refusal.Inquiry;
import io.github.deepthink4j.internal.refusal.OpenQuestions;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several conversations are asked with one object, such as a constant; a refusal concerns the one that was refused. */
@Timeout(60)
class SharedQuestionTest {

    private static final int CONVERSATIONS = 80;
    private static final RuntimeException RISK = new ContentFilteredException("Content Exists Risk");

    private final UserMessage shared = user("go on");

    /** How a request comes about; every conversation has been asked before the first one is sent. */
    private enum Way {
        THE_MEMORY_S_MESSAGES,
        /** As AI services do: they read the memory before they add the question. */
        THE_QUESTION_ITSELF,
        THE_MEMORY_S_MESSAGES_FROM_ANOTHER_THREAD,
        THE_QUESTION_ITSELF_FROM_ANOTHER_THREAD
    }

    private static ReasoningChatMemory memory(int id) {
        return ReasoningChatMemory.builder().id(id).build();
    }

    private static Inquiry begin(ReasoningChatMemory memory, UserMessage question, Way way, CyclicBarrier all)
            throws Exception {
        List<ChatMessage> request = new ArrayList<>(memory.messages());
        memory.add(question);
        all.await();
        if (way == Way.THE_QUESTION_ITSELF || way == Way.THE_QUESTION_ITSELF_FROM_ANOTHER_THREAD) {
            request.add(question);
        } else {
            request = memory.messages();
        }
        if (way == Way.THE_MEMORY_S_MESSAGES || way == Way.THE_QUESTION_ITSELF) {
            return OpenQuestions.begin(request);
        }
        List<ChatMessage> sent = request;
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            return other.submit(() -> OpenQuestions.begin(sent)).get();
        } finally {
            other.shutdown();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void should_mark_those_that_were_refused_and_no_other(Way way) throws Exception {
        // given
        List<ReasoningChatMemory> memories = IntStream.range(0, CONVERSATIONS)
                .mapToObj(SharedQuestionTest::memory)
                .toList();
        for (int i = 0; i < CONVERSATIONS; i++) {
            memories.get(i).add(List.of(user("q" + i), plain("a" + i)));
        }
        CyclicBarrier all = new CyclicBarrier(CONVERSATIONS);
        ExecutorService threads = Executors.newFixedThreadPool(CONVERSATIONS);

        // when half of them are refused
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < CONVERSATIONS; i++) {
                int number = i;
                calls.add(threads.submit(() -> {
                    Inquiry inquiry = begin(memories.get(number), shared, way, all);
                    if (number % 2 == 0) {
                        inquiry.failed(RISK);
                    }
                    return null;
                }));
            }
            for (Future<?> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }

        // then
        for (int i = 0; i < CONVERSATIONS; i++) {
            List<String> words = inWords(memories.get(i).messages());
            if (i % 2 == 0) {
                assertThat(words).containsExactly("q" + i, "a" + i);
            } else {
                assertThat(words).containsExactly("q" + i, "a" + i, "go on");
            }
        }
    }

    @Test
    void should_tell_conversations_apart_that_are_the_same_word_for_word() {
        ReasoningChatMemory one = memory(1);
        ReasoningChatMemory two = memory(2);
        one.add(shared);
        two.add(shared);
        List<ChatMessage> fromOne = one.messages();
        List<ChatMessage> fromTwo = two.messages();

        assertThat(fromOne).isEqualTo(fromTwo);
        OpenQuestions.begin(fromOne).failed(RISK);

        assertThat(one.messages()).isEmpty();
        assertThat(inWords(two.messages())).containsExactly("go on");
    }

    @Test
    void should_hand_out_the_object_itself_where_nobody_shares_it() {
        ReasoningChatMemory memory = memory(1);
        memory.add(shared);

        assertThat(memory.messages().get(0)).isSameAs(shared);
        assertThat(memory.messages().get(0)).isSameAs(shared);
    }

    @Test
    void should_mark_nobody_where_nobody_would_send_what_was_refused() throws Exception {
        ReasoningChatMemory one = memory(1);
        ReasoningChatMemory two = memory(2);
        one.add(shared);
        two.add(shared);

        // on a thread that has asked neither of them
        Thread stranger = new Thread(() ->
                OpenQuestions.begin(List.of(user("else"), plain("a"), shared)).failed(RISK));
        stranger.start();
        stranger.join();

        assertThat(inWords(one.messages())).containsExactly("go on");
        assertThat(inWords(two.messages())).containsExactly("go on");
    }

    @Test
    void should_hold_no_memory_for_the_sake_of_a_question_that_lives() throws InterruptedException {
        List<WeakReference<ReasoningChatMemory>> dropped = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ReasoningChatMemory memory = memory(i);
            memory.add(shared);
            memory.messages();
            dropped.add(new WeakReference<>(memory));
        }

        while (dropped.stream().anyMatch(memory -> memory.get() != null)) {
            System.gc();
            Thread.sleep(10);
        }

        assertThat(dropped).allMatch(memory -> memory.get() == null);
    }
}

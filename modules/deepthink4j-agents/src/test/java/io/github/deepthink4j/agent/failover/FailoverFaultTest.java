package io.github.deepthink4j.agent.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.CombinedChatResponseMetadata;
import io.github.deepthink4j.agent.Duo;
import io.github.deepthink4j.agent.Heard;
import io.github.deepthink4j.agent.Provenance;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelBuilder;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.settings.DecoderLimits;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.thorough.Thorough;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault of the table of errors, at each of three places: those before it are overloaded, those after it are well. Either the
 * next part answers, whole and once, or the failure is told and nobody else is asked.
 */
@Timeout(30)
class FailoverFaultTest {

    private static final int PARTS = 3;
    private static final String ANSWER = "An answer of some length, in several pieces.";
    private static final String WELL = "I am well.";

    private static final Duration SHORT = Duration.ofMillis(300);

    /** For the faults that only a limit ends; only that limit is short, so that a busy machine runs into no other. */
    private static final Map<Fault, Timeouts> LIMITS = Map.of(
            Fault.STALL_SILENT, Timeouts.custom().idle(SHORT).build(),
            Fault.STALL_WITH_KEEP_ALIVES,
                    Timeouts.custom().total(Duration.ofSeconds(1)).build(),
            Fault.STALL_BEFORE_HEADERS, Timeouts.custom().firstByte(SHORT).build(),
            Fault.SLOW_HEADERS, Timeouts.custom().firstByte(SHORT).build());

    /** After these nothing has been seen of the answer. */
    private static final Set<Fault> BEFORE_THE_FIRST_PIECE = EnumSet.of(
            Fault.CUT_BEFORE_FIRST_PIECE,
            Fault.STALL_BEFORE_HEADERS,
            Fault.SLOW_HEADERS,
            Fault.EMPTY_ANSWER,
            Fault.GARBAGE_JSON,
            Fault.HTML_WITH_200,
            Fault.BLANK_BODY,
            Fault.HUGE_LINE,
            Fault.RESET,
            Fault.REDIRECT_ELSEWHERE);

    private static final Set<Fault> NEVER_FAILS_OVER =
            EnumSet.of(Fault.BUDGET_EATEN, Fault.HUGE_LINE, Fault.ENDLESS_ANSWER, Fault.REDIRECT_ELSEWHERE);

    private static final DeepSeekSimulator OVERLOADED =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.error(503, "busy"));
    private static final DeepSeekSimulator HEALTHY =
            DeepSeekSimulator.as(Generation.V4_1).brain(request -> Answer.text(WELL));
    private static final ChatModel BUSY =
            model(OVERLOADED, DeepSeekChatModel.builder()).build();
    private static final ChatModel GOOD =
            model(HEALTHY, DeepSeekChatModel.builder()).build();
    private static final StreamingChatModel BUSY_STREAM =
            model(OVERLOADED, DeepSeekStreamingChatModel.builder()).build();
    private static final StreamingChatModel GOOD_STREAM =
            model(HEALTHY, DeepSeekStreamingChatModel.builder()).build();

    private final DeepSeekSimulator faulty = DeepSeekSimulator.as(Generation.V4_1);

    /**
     * @param failsOver whether the next part is to be asked
     * @param pieces    whether pieces come before it goes wrong
     */
    private record Case(String name, Answer answer, boolean failsOver, boolean pieces) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> blocking() {
        return cases(0);
    }

    static Stream<Arguments> streaming() {
        return cases(1);
    }

    private static Stream<Arguments> cases(int half) {
        List<Case> cases = new ArrayList<>();
        Answer whole =
                Answer.thinking("A thought of some length, in several pieces.").thenText(ANSWER);
        for (Fault fault : Fault.values()) {
            // With a call, since one of the faults is a cut in a call.
            Answer answer =
                    whole.andToolCall("getWeather", "{\"city\":\"Munich\"}").fault(fault);
            cases.add(new Case(
                    fault.name(), answer, !NEVER_FAILS_OVER.contains(fault), !BEFORE_THE_FIRST_PIECE.contains(fault)));
        }
        cases.add(new Case("content_filter", whole.finishReason("content_filter"), false, true));
        cases.add(new Case("no resources", whole.finishReason("insufficient_system_resource"), true, true));
        cases.add(new Case("aborted", whole.finishReason("aborted"), true, true));
        cases.add(new Case("unknown finish", whole.finishReason("never_heard_of"), true, true));
        for (int status : new int[] {400, 401, 402, 403, 404, 409, 413, 422}) {
            cases.add(new Case("status " + status, Answer.error(status, "for a test"), false, false));
        }
        for (int status : new int[] {408, 429, 500, 502, 503, 504, 520}) {
            cases.add(new Case("status " + status, Answer.error(status, "for a test"), true, false));
        }
        // Each case at one of the places, blocking or streaming, and each place for a third of the cases.
        return Thorough.orShare(
                        IntStream.range(0, cases.size() * PARTS).boxed(),
                        i -> (i / PARTS + i % PARTS) % PARTS == 0 && i / PARTS % 2 == half)
                .map(i -> Arguments.of(cases.get(i / PARTS), i % PARTS));
    }

    @AfterEach
    void close() {
        faulty.close();
        OVERLOADED.reset();
        HEALTHY.reset();
    }

    @AfterAll
    static void closeAll() {
        OVERLOADED.close();
        HEALTHY.close();
    }

    private static <B extends DeepSeekModelBuilder<B>> B model(DeepSeekSimulator simulator, B builder) {
        return Duo.at(simulator, "deepseek-flash", builder);
    }

    private static <B extends DeepSeekModelBuilder<B>> B limited(Case one, B builder) {
        Fault fault = one.answer().fault();
        Timeouts timeouts = fault == null ? Timeouts.DEFAULT : LIMITS.getOrDefault(fault, Timeouts.DEFAULT);
        return builder.timeouts(timeouts)
                .limits(DecoderLimits.custom()
                        .maxEventBytes(1 << 20)
                        .maxAnswerBytes(4 << 20)
                        .build());
    }

    @ParameterizedTest(name = "{0} at place {1}")
    @MethodSource("blocking")
    void should_ask_the_next_part_or_fail_at_once(Case one, int place) {
        faulty.respond(one.answer());
        FailoverChatModel.Builder builder = FailoverChatModel.builder();
        ChatModel ill = limited(one, model(faulty, DeepSeekChatModel.builder())).build();
        IntStream.range(0, PARTS).forEach(i -> builder.part(i < place ? BUSY : i == place ? ill : GOOD));

        ChatResponse[] response = new ChatResponse[1];
        Throwable error = catchThrowable(() -> response[0] = builder.build().chat(UserMessage.from("Hi")));

        boolean saved = one.failsOver() && place < PARTS - 1;
        if (saved) {
            assertThat(error).isNull();
            verifyAnswer(response[0], place);
        } else {
            verifyFailure(error, place);
        }
        assertThat(HEALTHY.requests()).hasSize(saved ? 1 : 0);
        assertThat(OVERLOADED.requests()).hasSize(place);
        assertThat(faulty.requests()).hasSize(1);
    }

    @ParameterizedTest(name = "{0} at place {1}")
    @MethodSource("streaming")
    void should_never_double_a_piece_of_a_stream(Case one, int place) {
        faulty.respond(one.answer());
        FailoverStreamingChatModel.Builder builder = FailoverStreamingChatModel.builder();
        StreamingChatModel ill = limited(one, model(faulty, DeepSeekStreamingChatModel.builder()))
                .build();
        IntStream.range(0, PARTS).forEach(i -> builder.part(i < place ? BUSY_STREAM : i == place ? ill : GOOD_STREAM));
        Heard heard = new Heard();

        builder.build().chat(Duo.request(UserMessage.from("Hi")), heard);
        ChatResponse[] response = new ChatResponse[1];
        Throwable error = catchThrowable(() -> response[0] = heard.response());

        boolean saved = one.failsOver() && !one.pieces() && place < PARTS - 1;
        if (saved) {
            assertThat(error).isNull();
            assertThat(heard.text()).isEqualTo(WELL);
            assertThat(heard.order()).containsExactly("text", "complete");
            verifyAnswer(response[0], place);
        } else {
            assertThat(error).isInstanceOf(CompletionException.class);
            verifyFailure(error.getCause(), place);
            assertThat(heard.errors).hasSize(1);
            assertThat(heard.thinking().isEmpty() && heard.text().isEmpty()).isEqualTo(!one.pieces());
        }
        assertThat(HEALTHY.requests()).hasSize(saved ? 1 : 0);
        assertThat(faulty.requests()).hasSize(1);
    }

    private static void verifyAnswer(ChatResponse response, int place) {
        assertThat(response.aiMessage().text()).isEqualTo(WELL);
        List<Step> steps = ((CombinedChatResponseMetadata) response.metadata()).steps();
        assertThat(steps).hasSize(place + 2);
        assertThat(steps.subList(0, place + 1)).allMatch(Step::failed);
        assertThat(steps.get(place + 1).failed()).isFalse();
        assertThat(Provenance.of(response.aiMessage())).map(Provenance::part).contains((place + 2) + " deepseek-flash");
    }

    private static void verifyFailure(Throwable error, int place) {
        assertThat(error).isInstanceOf(DeepSeekError.class);
        assertThat(error.getSuppressed()).hasSize(place == 0 ? 0 : 1);
    }
}

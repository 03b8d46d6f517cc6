package io.github.deepthink4j.reactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;
import org.reactivestreams.Publisher;
import org.reactivestreams.tck.PublisherVerification;
import org.reactivestreams.tck.TestEnvironment;
import org.testng.SkipException;
import reactor.core.publisher.Flux;

/**
 * The Reactive Streams TCK for publishers, each of its tests as one of JUnit's: they are TestNG's, and another engine for
 * one class would run beside all others.
 */
abstract class PublisherKit extends Simulated {

    /** What the TCK skips by itself: rules that it can't look into, and that two subscribers of one hot publisher see the same. */
    private static final List<String> NOT_FOR_US = List.of("untested_", "optional_spec111_multicast_");

    private static final int MOST_PIECES = 10_000;
    /** Ample, so that a busy machine does not fail; five of the tests wait for it to the end. */
    private static final long SIGNAL_MILLIS = 5_000;

    private static final long NO_SIGNAL_MILLIS = 50;

    /** Some tests of the kit leave a subscription without demand or an endless answer behind: here each ends with its test. */
    private final Queue<DeepSeekStreamingChatModel> models = new ConcurrentLinkedQueue<>();

    /** What is tested: the answer as a publisher. */
    abstract Publisher<Object> events(DeepSeekStreamingChatModel model, ChatRequest request);

    abstract boolean isLast(Object event);

    private DeepSeekStreamingChatModel closedAfterwards(DeepSeekStreamingChatModel model) {
        models.add(model);
        return model;
    }

    private final class Verification extends PublisherVerification<Object> {

        Verification() {
            super(new TestEnvironment(SIGNAL_MILLIS, NO_SIGNAL_MILLIS), SIGNAL_MILLIS);
        }

        /** One piece less than wanted, and the event of completion; an answer without a piece would be an error. */
        @Override
        public Publisher<Object> createPublisher(long elements) {
            Publisher<Object> events =
                    events(closedAfterwards(builder().build()), request(String.valueOf(Math.max(1, elements - 1))));
            return elements > 1 ? events : Flux.from(events).filter(event -> elements == 1 && isLast(event));
        }

        @Override
        public Publisher<Object> createFailedPublisher() {
            return events(
                    closedAfterwards(builder().profile(ModelProfile.R1).build()),
                    ChatRequest.builder()
                            .messages(UserMessage.from("R1 has no tools"))
                            .toolSpecifications(
                                    ToolSpecification.builder().name("tool").build())
                            .build());
        }

        @Override
        public long maxElementsFromPublisher() {
            return Integer.MAX_VALUE;
        }
    }

    private static List<Method> tests() {
        return Arrays.stream(PublisherVerification.class.getMethods())
                .filter(method -> method.isAnnotationPresent(org.testng.annotations.Test.class))
                .sorted(Comparator.comparing(Method::getName))
                .toList();
    }

    @TestFactory
    List<DynamicTest> should_keep_the_rules_of_reactive_streams() {
        deepSeek.brain(PublisherKit::pieces);
        return tests().stream()
                .map(test -> dynamicTest(test.getName(), () -> verify(test)))
                .toList();
    }

    private static Answer pieces(SimulatedRequest asked) {
        int pieces = Integer.parseInt(asked.lastUserText());
        return pieces <= MOST_PIECES
                ? closing(Answer.text("x".repeat(pieces)).pieces(1))
                : Answer.text("").fault(Fault.ENDLESS_ANSWER);
    }

    @Test
    void should_run_the_whole_kit() {
        assertThat(tests()).hasSizeGreaterThanOrEqualTo(38);
    }

    private void verify(Method test) throws Throwable {
        Verification verification = new Verification();
        verification.setUp();
        try {
            test.invoke(verification);
        } catch (InvocationTargetException e) {
            boolean skipped =
                    e.getCause() instanceof SkipException && NOT_FOR_US.stream().anyMatch(test.getName()::startsWith);
            throw skipped ? new TestAbortedException(e.getCause().getMessage()) : e.getCause();
        } finally {
            models.forEach(DeepSeekStreamingChatModel::close);
            models.clear();
        }
    }
}

package io.github.deepthink4j.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import io.github.deepthink4j.error.CallQueueFullException;
import io.github.deepthink4j.error.DeepSeekRateLimitException;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.ServerOverloadedException;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.internal.gate.CallFacts;
import io.github.deepthink4j.internal.gate.FailedAttempt;
import io.github.deepthink4j.internal.gate.Gate;
import io.github.deepthink4j.internal.gate.Pass;
import io.github.deepthink4j.internal.gate.Pass.Entrance;
import io.github.deepthink4j.internal.gate.Pass.Verdict;
import io.github.deepthink4j.internal.http.ManualScheduler;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limit alone, in a time of the test's own. */
@Timeout(60)
class CallLimitTest {

    private static final ChatRequest REQUEST =
            ChatRequest.builder().messages(UserMessage.from("Hi")).build();

    private final ManualScheduler time = new ManualScheduler();

    /** A call that notes what it is told. */
    private static final class Caller implements Entrance {

        private final Pass pass;
        private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

        private Caller(CallLimit limit, @Nullable String user, int bytes) {
            this.pass = ((Gate) limit)
                    .pass(new CallFacts(REQUEST, "deepseek-flash", user, URI.create("http://localhost/"), bytes));
        }

        private Caller enter() {
            pass.enter(this);
            return this;
        }

        private boolean isIn() throws InterruptedException {
            return "in".equals(told.poll(20, TimeUnit.SECONDS));
        }

        private boolean waits() {
            return told.isEmpty();
        }

        @Override
        public void admitted() {
            pass.sent();
            told.add("in");
        }

        @Override
        public void refused(RuntimeException error) {
            told.add(error);
        }
    }

    private CallLimit limit(Consumer<CallLimit.Builder> settings) {
        CallLimit.Builder builder = CallLimit.builder().scheduler(time);
        settings.accept(builder);
        return builder.build();
    }

    private static Caller caller(CallLimit limit) {
        return new Caller(limit, null, 100).enter();
    }

    private static List<Caller> callers(CallLimit limit, int count) {
        List<Caller> callers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            callers.add(caller(limit));
        }
        return callers;
    }

    private static ChatResponse answer(int tokens) {
        return answer(new TokenUsage(tokens, 0));
    }

    private static ChatResponse answer(TokenUsage usage) {
        return ChatResponse.builder()
                .aiMessage(AiMessage.from("Hi"))
                .tokenUsage(usage)
                .build();
    }

    private static FailedAttempt failure(RuntimeException error, boolean hadPieces, @Nullable Duration retryAfter) {
        return new FailedAttempt(error, hadPieces, true, retryAfter);
    }

    private static DeepSeekRateLimitException tooMany(@Nullable Integer limit) {
        return new DeepSeekRateLimitException("busy", ErrorDetails.NONE, null, limit, null);
    }

    @Test
    void should_let_in_so_many_and_the_next_when_one_is_over() throws Exception {
        CallLimit limit = limit(it -> it.atMost(2));
        List<Caller> callers = callers(limit, 4);

        assertThat(callers).extracting(Caller::waits).containsExactly(false, false, true, true);
        assertThat(limit).hasToString("2 of 2 running, 2 waiting");

        callers.get(0).pass.answered(answer(1));
        assertThat(callers.get(2).isIn()).isTrue();
        callers.get(1).pass.failed(failure(new IllegalStateException(), false, null));
        assertThat(callers.get(3).isIn()).isTrue();
        assertThat(limit.running()).isEqualTo(2);
    }

    private static String heldUp(Caller caller) {
        Gate.HeldUp held = caller.pass.heldUp();
        return held.by() + " / " + held.remedy();
    }

    /** Who has waited too long is told what for, and which setting would have helped. */
    @Test
    void should_say_what_holds_a_call_up() {
        CallLimit places = limit(it -> it.atMost(1));
        callers(places, 2);
        CallLimit growing = limit(it -> it.adaptive(1, 8));
        caller(growing);
        CallLimit learnt = limit(it -> it.adaptive(2, 8));
        callers(learnt, 2).get(1).pass.failed(failure(tooMany(null), false, null));
        CallLimit ofUser = limit(it -> it.atMost(9).atMostPerUser(1));
        new Caller(ofUser, "ann", 100).enter();
        CallLimit ofMinute = limit(it -> it.requestsPerMinute(1));
        caller(ofMinute);
        CallLimit tokens = limit(it -> it.tokensPerMinute(40));
        caller(tokens);
        CallLimit paused = limit(it -> it.atMost(2));
        caller(paused).pass.failed(failure(tooMany(null), false, Duration.ofSeconds(30)));

        assertThat(heldUp(caller(places)))
                .isEqualTo("The call waited for its turn at a CallLimit (1 of 1 running, 2 waiting)"
                        + " / let more calls run at a time (CallLimit.atMost)");
        assertThat(heldUp(caller(growing))).endsWith(" / let more calls run at a time (CallLimit.adaptive)");
        assertThat(heldUp(caller(learnt)))
                .isEqualTo("The call waited for its turn at a CallLimit (1 of 1 running, 1 waiting)"
                        + " / have the provider allow more at a time, which is what was learnt from its 429s");
        assertThat(heldUp(new Caller(ofUser, "ann", 100).enter()))
                .isEqualTo("The call waited for another one of its user at a CallLimit (1 of 9 running, 1 waiting)"
                        + " / let more calls of a user run at a time (CallLimit.builder().atMostPerUser)");
        assertThat(heldUp(caller(ofMinute)))
                .isEqualTo("The call waited for a free request of the minute at a CallLimit (1 running, 1 waiting)"
                        + " / allow more of them (CallLimit.builder().requestsPerMinute)");
        assertThat(heldUp(caller(tokens)))
                .isEqualTo("The call waited for enough free tokens of the minute at a CallLimit (1 running, 1 waiting)"
                        + " / allow more of them (CallLimit.builder().tokensPerMinute)");
        assertThat(heldUp(caller(paused)))
                .isEqualTo("The call waited for the end of a pause that the server wants at a CallLimit"
                        + " (0 of 2 running, 1 waiting) / send fewer at a time");
    }

    @Test
    void should_give_a_place_back_once_however_often_it_is_told() throws Exception {
        CallLimit limit = limit(it -> it.atMost(1));
        Caller first = caller(limit);
        List<Caller> others = callers(limit, 2);

        first.pass.answered(answer(1));
        first.pass.close();
        first.pass.close();
        first.pass.failed(failure(tooMany(null), false, null));
        first.pass.enter(first);

        assertThat(others.get(0).isIn()).isTrue();
        assertThat(limit.running()).isEqualTo(1);
        assertThat(limit.waiting()).isEqualTo(1);
        assertThat(limit.refusals()).isZero();
    }

    @Test
    void should_let_one_user_run_no_more_than_his_share_and_others_past_him() throws Exception {
        CallLimit limit = limit(it -> it.atMost(3).atMostPerUser(2).maxWaiting(1));
        Caller first = new Caller(limit, "a", 100).enter();
        Caller second = new Caller(limit, "a", 100).enter();
        Caller third = new Caller(limit, "a", 100).enter();
        Caller other = new Caller(limit, "b", 100).enter();

        assertThat(first.isIn() && second.isIn() && other.isIn()).isTrue();
        assertThat(third.waits()).isTrue();
        assertThat(limit).hasToString("3 of 3 running, 1 waiting");

        other.pass.answered(answer(1));
        assertThat(third.waits()).isTrue();
        first.pass.close();
        assertThat(third.isIn()).isTrue();

        second.pass.answered(answer(1));
        third.pass.failed(failure(new IllegalStateException(), false, null));
        assertThat(new Caller(limit, "a", 100).enter().isIn()).isTrue();
    }

    @Test
    void should_free_the_place_in_the_queue_of_who_leaves() {
        CallLimit limit = limit(it -> it.atMost(1).maxWaiting(1));
        Caller running = caller(limit);
        Caller waiting = caller(limit);

        waiting.pass.close();

        Caller next = caller(limit);
        assertThat(limit.waiting()).isEqualTo(1);
        running.pass.close();
        assertThat(limit.waiting()).isZero();
        assertThat(waiting.waits()).as("is told nothing any more").isTrue();
        assertThat(next.told).doesNotHaveAnyElementsOfTypes(RuntimeException.class);
    }

    @Test
    void should_refuse_at_once_what_the_queue_has_no_room_for() {
        CallLimit limit = limit(it -> it.atMost(1).maxWaiting(2).maxWaitingPerUser(1));
        caller(limit);
        Caller ann = new Caller(limit, "ann", 1).enter();
        Caller annAgain = new Caller(limit, "ann", 1).enter();
        Caller bob = new Caller(limit, "bob", 1).enter();
        Caller carl = new Caller(limit, "carl", 1).enter();

        assertThat(ann.waits()).isTrue();
        assertThat(bob.waits()).isTrue();
        assertThat((CallQueueFullException) annAgain.told.peek())
                .hasMessage(
                        "Too many calls of this user wait for their turn at this CallLimit (1 of 1 running, 1 waiting). "
                                + "Try again later, or let more wait (CallLimit.builder().maxWaitingPerUser).");
        assertThat((CallQueueFullException) carl.told.peek())
                .hasMessage("Too many calls wait for their turn at this CallLimit (1 of 1 running, 2 waiting). "
                        + "Try again later, or let more wait (CallLimit.builder().maxWaiting).");
    }

    @Test
    void should_need_no_queue_where_there_are_places() {
        CallLimit limit = limit(it -> it.atMost(1).maxWaiting(0));

        assertThat(caller(limit).told).containsExactly("in");
        assertThat(caller(limit).told.peek()).isInstanceOf(CallQueueFullException.class);
    }

    @Test
    void should_not_take_a_call_without_a_user_for_a_user_of_an_odd_name() throws Exception {
        CallLimit limit = limit(it -> it.atMost(1));
        Caller running = caller(limit);
        List<Caller> nobody = callers(limit, 2);
        Caller empty = new Caller(limit, "", 1).enter();

        running.pass.close();
        assertThat(nobody.get(0).isIn()).isTrue();
        nobody.get(0).pass.close();
        assertThat(empty.isIn()).isTrue();
    }

    @Test
    void should_hold_all_for_as_long_as_the_server_says() throws Exception {
        CallLimit limit = limit(it -> it.atMost(5));
        Caller refused = caller(limit);

        Verdict verdict = refused.pass.failed(failure(tooMany(null), false, Duration.ofSeconds(7)));
        refused.told.clear();
        refused.enter();
        Caller other = caller(limit);

        assertThat(verdict).isEqualTo(Verdict.TRY_AGAIN);
        time.advance(Duration.ofMillis(6_999));
        assertThat(limit.running()).isZero();
        time.advance(Duration.ofMillis(1));
        assertThat(refused.isIn()).isTrue();
        assertThat(other.isIn()).isTrue();
        assertThat(limit.concurrency()).as("is fixed").isEqualTo(5);
        assertThat(limit.refusals()).isEqualTo(1);
    }

    @Test
    void should_hold_all_after_an_overload_that_says_how_long_and_leave_the_call_to_its_policy() {
        CallLimit limit = limit(it -> it.atMost(5));
        Caller refused = caller(limit);

        Verdict verdict = refused.pass.failed(failure(
                new ServerOverloadedException("busy", ErrorDetails.NONE, null, null), false, Duration.ofSeconds(3)));
        caller(limit);

        assertThat(verdict).isEqualTo(Verdict.NO_MATTER);
        assertThat(limit.running()).isZero();
        time.advance(Duration.ofSeconds(3));
        assertThat(limit.running()).isEqualTo(1);
    }

    @Test
    void should_hold_ever_longer_where_the_server_says_nothing_and_count_a_burst_once() {
        CallLimit limit = limit(it -> it.atMost(3));
        List<Caller> burst = callers(limit, 3);

        burst.forEach(call -> call.pass.failed(failure(tooMany(null), false, null)));
        burst.forEach(Caller::enter);

        time.advance(Duration.ofMillis(374));
        assertThat(limit.running()).as("half a second, a quarter of jitter").isZero();
        time.advance(Duration.ofMillis(252));
        assertThat(limit.running()).isEqualTo(3);

        burst.forEach(call -> call.pass.failed(failure(tooMany(null), false, null)));
        burst.forEach(Caller::enter);

        time.advance(Duration.ofMillis(749));
        assertThat(limit.running()).as("twice as long").isZero();
        time.advance(Duration.ofMillis(502));
        assertThat(limit.running()).isEqualTo(3);

        burst.get(0).pass.answered(answer(1));
        burst.get(1).pass.failed(failure(tooMany(null), false, null));
        burst.get(1).enter();
        time.advance(Duration.ofMillis(626));
        assertThat(limit.running()).as("an answer begins it anew").isEqualTo(2);
    }

    @Test
    void should_not_ask_again_at_once_where_the_server_says_zero_seconds() {
        CallLimit limit = limit(it -> it.atMost(3));
        Caller refused = caller(limit);

        refused.pass.failed(failure(tooMany(null), false, Duration.ZERO));
        refused.enter();

        assertThat(limit.running()).isZero();
        time.advance(Duration.ofSeconds(1));
        assertThat(limit.running()).isEqualTo(1);
    }

    @Test
    void should_give_up_where_the_server_wants_too_long_a_wait_and_hold_the_others_for_the_longest() {
        CallLimit limit = limit(it -> it.atMost(5).maxRetryAfter(Duration.ofSeconds(30)));
        Caller refused = caller(limit);

        assertThat(refused.pass.failed(failure(tooMany(null), false, Duration.ofDays(300))))
                .isEqualTo(Verdict.GIVE_UP);
        caller(limit);

        time.advance(Duration.ofMillis(29_999));
        assertThat(limit.running()).isZero();
        time.advance(Duration.ofMillis(1));
        assertThat(limit.running()).isEqualTo(1);
    }

    @Test
    void should_give_up_after_so_many_refusals() {
        CallLimit limit = limit(it -> it.atMost(5).maxRefusals(2));
        Caller refused = caller(limit);
        List<Verdict> verdicts = new ArrayList<>();

        for (int i = 0; i < 3; i++) {
            verdicts.add(refused.pass.failed(failure(tooMany(null), false, null)));
            refused.enter();
            time.advance(Duration.ofMinutes(1));
        }

        assertThat(verdicts).containsExactly(Verdict.TRY_AGAIN, Verdict.TRY_AGAIN, Verdict.GIVE_UP);
    }

    @Test
    void should_leave_a_refusal_in_the_midst_of_an_answer_to_the_caller() {
        CallLimit limit = limit(it -> it.atMost(5));

        assertThat(caller(limit).pass.failed(failure(tooMany(null), true, null)))
                .isEqualTo(Verdict.NO_MATTER);
        assertThat(limit.refusals()).isEqualTo(1);
    }

    @Test
    void should_learn_from_refusals_how_many_the_server_takes() {
        CallLimit limit = limit(it -> it.adaptive(100, 200));
        List<Caller> callers = callers(limit, 100);

        callers.subList(20, 100).forEach(call -> call.pass.failed(failure(tooMany(null), false, null)));

        assertThat(limit.concurrency()).isEqualTo(20);
        callers.subList(20, 100).forEach(Caller::enter);
        callers.get(0).pass.answered(answer(1));
        assertThat(limit.running())
                .as("a first refusal holds nobody while others run")
                .isEqualTo(20);
        callers.get(1).pass.answered(answer(1));
        assertThat(limit.running()).isEqualTo(20);
        assertThat(limit.waiting()).isEqualTo(78);
    }

    @Test
    void should_hold_all_at_a_second_refusal_without_an_answer_in_between() {
        CallLimit limit = limit(it -> it.adaptive(3, 10));
        List<Caller> callers = callers(limit, 4);

        callers.get(0).pass.failed(failure(tooMany(null), false, null));
        callers.get(0).enter();
        callers.get(1).pass.failed(failure(new IllegalStateException(), false, null));
        assertThat(limit.running()).isEqualTo(2);

        callers.get(0).pass.failed(failure(tooMany(null), false, null));
        callers.get(0).enter();
        callers.get(2).pass.failed(failure(new IllegalStateException(), false, null));
        assertThat(limit.concurrency()).isEqualTo(1);
        assertThat(limit.running()).isZero();
        time.advance(Duration.ofMillis(1_251));
        assertThat(limit.running()).isEqualTo(1);
    }

    @Test
    void should_take_the_servers_word_for_its_limit() {
        CallLimit limit = limit(it -> it.adaptive(100, 200));

        callers(limit, 60).get(0).pass.failed(failure(tooMany(39), false, null));

        assertThat(limit.concurrency()).isEqualTo(39);
    }

    @Test
    void should_keep_one_place_whatever_the_server_says() {
        CallLimit limit = limit(it -> it.adaptive(1, 200));
        Caller refused = caller(limit);

        refused.pass.failed(failure(tooMany(0), false, null));
        refused.enter();
        time.advance(Duration.ofSeconds(1));

        assertThat(limit.concurrency()).isEqualTo(1);
        assertThat(limit.running()).isEqualTo(1);
    }

    @Test
    void should_try_one_more_when_as_many_as_the_limit_have_gone_well_with_all_places_taken() throws Exception {
        CallLimit limit = limit(it -> it.adaptive(3, 4));
        List<Caller> callers = callers(limit, 12);
        for (int i = 0; i < 3; i++) {
            callers.get(i).pass.answered(answer(1));
        }

        assertThat(limit.concurrency())
                .as("only the last of the first three had all places taken")
                .isEqualTo(3);

        for (int i = 3; i < 6; i++) {
            assertThat(callers.get(i).isIn()).isTrue();
            callers.get(i).pass.answered(answer(1));
        }
        assertThat(limit.concurrency()).isEqualTo(4);
        for (int i = 6; i < 12; i++) {
            assertThat(callers.get(i).isIn()).isTrue();
            callers.get(i).pass.answered(answer(1));
        }
        assertThat(limit.concurrency()).as("no more than most").isEqualTo(4);
    }

    @Test
    void should_not_grow_while_there_is_nothing_to_prove_it() {
        CallLimit limit = limit(it -> it.adaptive(3, 100));

        for (int i = 0; i < 50; i++) {
            caller(limit).pass.answered(answer(1));
        }

        assertThat(limit.concurrency()).isEqualTo(3);
    }

    @Test
    void should_send_so_many_within_any_minute_and_a_second_more() throws Exception {
        CallLimit limit = limit(it -> it.requestsPerMinute(2));
        caller(limit);
        time.advance(Duration.ofSeconds(50));
        caller(limit);
        List<Caller> waiting = callers(limit, 2);

        assertThat(limit.running()).isEqualTo(2);
        time.advance(Duration.ofMillis(10_999));
        assertThat(limit.running()).isEqualTo(2);
        time.advance(Duration.ofMillis(1));
        assertThat(limit.running()).isEqualTo(3);
        assertThat(waiting.get(0).isIn()).isTrue();
        time.advance(Duration.ofSeconds(50));
        assertThat(limit.running()).isEqualTo(4);
        assertThat(limit.concurrency()).isEqualTo(Integer.MAX_VALUE);
        assertThat(limit).hasToString("4 running, 0 waiting");
    }

    /** One that is let in here, and goes on when the test says so: it waits at another limit. */
    private static Pass held(CallLimit limit, int bytes) {
        Pass pass = ((Gate) limit)
                .pass(new CallFacts(REQUEST, "deepseek-flash", null, URI.create("http://localhost/"), bytes));
        pass.enter(new Entrance() {
            @Override
            public void admitted() {}

            @Override
            public void refused(RuntimeException error) {
                throw error;
            }
        });
        return pass;
    }

    @Test
    void should_count_from_the_sending_and_not_from_when_a_call_is_let_in() {
        CallLimit limit = limit(it -> it.requestsPerMinute(1));
        Pass held = held(limit, 1);
        Caller next = caller(limit);

        time.advance(Duration.ofMinutes(10));
        assertThat(next.waits()).as("the first one is yet to be sent").isTrue();

        held.sent();
        held.answered(answer(1));
        time.advance(Duration.ofMillis(60_999));
        assertThat(limit.running()).isZero();
        time.advance(Duration.ofMinutes(1));
        assertThat(limit.running()).isEqualTo(1);
    }

    @Test
    void should_take_nothing_of_the_minute_for_what_is_never_sent() throws Exception {
        CallLimit limit = limit(it -> it.requestsPerMinute(1).tokensPerMinute(100));
        Pass held = held(limit, 300);
        Caller next = new Caller(limit, null, 300).enter();
        assertThat(next.waits()).isTrue();

        held.close();

        assertThat(next.isIn()).isTrue();
    }

    @Test
    void should_count_tokens_by_the_request_until_the_answer_says_what_they_were() throws Exception {
        CallLimit limit = limit(it -> it.tokensPerMinute(1_000));
        Caller first = new Caller(limit, null, 2_000).enter();
        Caller second = new Caller(limit, null, 2_000).enter();

        assertThat(first.waits()).isFalse();
        assertThat(second.waits()).as("600 tokens each, by their bytes").isTrue();

        first.pass.answered(answer(300));
        assertThat(second.isIn()).isTrue();
        second.pass.answered(answer(700));
        Caller third = new Caller(limit, null, 2_000).enter();

        assertThat(third.waits()).isTrue();
        time.advance(Duration.ofSeconds(61));
        assertThat(limit.running()).isEqualTo(1);
    }

    @Test
    void should_count_a_usage_beyond_an_int_as_very_many_tokens() throws Exception {
        CallLimit limit = limit(it -> it.tokensPerMinute(Integer.MAX_VALUE));
        Caller first = new Caller(limit, null, 10).enter();

        first.pass.answered(answer(new TokenUsage(Integer.MAX_VALUE, Integer.MAX_VALUE)));
        Caller second = new Caller(limit, null, 10).enter();

        assertThat(second.waits()).isTrue();
        time.advance(Duration.ofSeconds(61));
        assertThat(second.isIn()).isTrue();
    }

    @Test
    void should_count_the_request_where_a_host_says_that_it_took_no_tokens() {
        CallLimit limit = limit(it -> it.tokensPerMinute(100));
        Caller first = new Caller(limit, null, 300).enter();

        first.pass.answered(answer(new TokenUsage(0, 0, 0)));

        assertThat(new Caller(limit, null, 300).enter().waits()).isTrue();
    }

    @Test
    void should_count_no_less_than_the_request_where_an_answer_broke_off_after_its_first_usage() {
        CallLimit limit = limit(it -> it.tokensPerMinute(100));
        Caller first = new Caller(limit, null, 300).enter();
        ErrorDetails early =
                ErrorDetails.custom().tokenUsage(new TokenUsage(5, 1)).build();

        first.pass.failed(new FailedAttempt(new StreamCutException("cut", early, null), true, false, null));

        assertThat(new Caller(limit, null, 300).enter().waits()).isTrue();
    }

    @Test
    void should_send_what_is_larger_than_the_limit_alone() throws Exception {
        CallLimit limit = limit(it -> it.tokensPerMinute(10));
        Caller small = new Caller(limit, null, 10).enter();
        Caller large = new Caller(limit, null, 1_000).enter();
        Caller smallAgain = new Caller(limit, null, 10).enter();

        assertThat(small.waits()).isFalse();
        assertThat(large.waits()).isTrue();
        assertThat(smallAgain.waits())
                .as("no overtaking, or the large one would never go")
                .isTrue();
        time.advance(Duration.ofSeconds(61));
        assertThat(limit.running()).isEqualTo(2);
        assertThat(limit.waiting()).isEqualTo(1);
        assertThat(large.isIn()).isTrue();
        time.advance(Duration.ofSeconds(61));
        assertThat(limit.running()).isEqualTo(3);
    }

    @Test
    void should_take_the_longest_durations_for_a_hundred_years() {
        CallLimit limit = limit(it -> it.atMost(1).maxRetryAfter(Duration.ofSeconds(Long.MAX_VALUE)));
        Caller refused = caller(limit);

        assertThat(refused.pass.failed(failure(tooMany(null), false, Duration.ofSeconds(Long.MAX_VALUE - 1))))
                .isEqualTo(Verdict.GIVE_UP);

        caller(limit);
        time.advance(Duration.ofDays(36_499));
        assertThat(limit.running()).isZero();
        time.advance(Duration.ofDays(1));
        assertThat(limit.running()).isEqualTo(1);
    }

    @Test
    void should_refuse_a_number_that_is_fixed_and_learnt() {
        assertThatThrownBy(() -> CallLimit.builder().atMost(3).adaptive(5, 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("either atMost(n) or adaptive(start, most)");
        assertThatThrownBy(() -> CallLimit.builder().adaptive(5, 9).atMost(3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(CallLimit.builder().atMost(3).atMost(4).build().concurrency())
                .isEqualTo(4);
    }

    @Test
    void should_leave_nothing_scheduled_when_nobody_waits() {
        CallLimit limit = limit(it -> it.requestsPerMinute(1));
        caller(limit);
        Caller waiting = caller(limit);
        assertThat(time.waiting()).isEqualTo(1);

        waiting.pass.close();

        assertThat(time.waiting()).isZero();
    }

    @Test
    void should_refuse_settings_that_mean_nothing() {
        assertThatThrownBy(() -> CallLimit.atMost(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("atMost must be at least 1, but is 0");
        assertThatThrownBy(() -> CallLimit.builder().adaptive(5, 4)).hasMessage("most must be at least 5, but is 4");
        assertThatThrownBy(() -> CallLimit.builder().adaptive(0, 4)).hasMessage("start must be at least 1, but is 0");
        assertThatThrownBy(() -> CallLimit.builder().maxWaiting(-1))
                .hasMessage("maxWaiting must be at least 0, but is -1");
        assertThatThrownBy(() -> CallLimit.builder().requestsPerMinute(0))
                .hasMessage("requestsPerMinute must be at least 1, but is 0");
        assertThatThrownBy(() -> CallLimit.builder().tokensPerMinute(0))
                .hasMessage("tokensPerMinute must be at least 1, but is 0");
        assertThatThrownBy(() -> CallLimit.builder().maxRetryAfter(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

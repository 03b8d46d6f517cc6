package io.github.deepthink4j.testkit.script;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the simulator answers to requests of a kind. It is made by
 * {@link io.github.deepthink4j.testkit.DeepSeekSimulator#onMessage} and its sisters, is in force from then on, and is filled by
 * the methods here:
 *
 * <pre>{@code
 * deepSeek.onMessage(containing("weather"))
 *         .think("I need the weather.").callTool("getWeather", Map.of("city", "Munich"))
 *         .then().answer("20 degrees");
 * }</pre>
 *
 * <p>{@link #then()} goes on to the next round of the same turn: the request that brings the results of the tools that were
 * called. Rounds are counted in the request itself, from its last user message on, so that any number of conversations can
 * run over one script at a time. {@link #nextTime()} gives another answer to the same round when it is asked for again,
 * which is counted by the simulator; the last one stays.
 */
public interface Script {

    /** Narrows it down to the requests that this is true of, too. */
    Script when(Predicate<SimulatedRequest> also);

    /**
     * Changes the answer of this round; the methods below all do. It has {@linkplain Answer#nothing() nothing} in it at first.
     *
     * @throws IllegalStateException if a function gives the answer
     */
    Script change(UnaryOperator<Answer> change);

    /** Begins the answer with a chain of thought; it is not sent where the request is not thought over. */
    default Script think(String thinking) {
        return change(answer -> answer.withThinking(thinking));
    }

    /** Answers in words. */
    default Script answer(String text) {
        return change(answer -> answer.thenText(text));
    }

    /** Calls a tool; more than one call of this method makes parallel calls. */
    default Script callTool(String name, Map<String, ?> arguments) {
        return change(answer -> answer.andToolCall(name, arguments));
    }

    /** Calls a tool with arguments as the model would write them, JSON or not. */
    default Script callTool(String name, String argumentsJson) {
        return change(answer -> answer.andToolCall(name, argumentsJson));
    }

    /** Refuses with this status, in DeepSeek's format. */
    default Script error(int status, String message) {
        return reply(Answer.error(status, message));
    }

    /** Waits so long between the pieces of a stream. */
    default Script every(Duration pause) {
        return change(answer -> answer.pause(pause));
    }

    /** Waits so long before the head of the response. */
    default Script after(Duration delay) {
        return change(answer -> answer.delay(delay));
    }

    /**
     * Cuts the stream into pieces of this many {@code char}s instead of tokens. Halves of an emoji that is cut so are sent as escapes,
     * as some hosts do.
     */
    default Script pieces(int characters) {
        return change(answer -> answer.pieces(characters));
    }

    /** Sends so many keep-alives before the first piece. */
    default Script keepAlives(int count) {
        return change(answer -> answer.keepAlives(count));
    }

    /** Ends with this reason instead of the one that fits. */
    default Script finishReason(String reason) {
        return change(answer -> answer.finishReason(reason));
    }

    /** Puts a field into the message, such as the blocks of server tools, see {@link Answer#withField}. */
    default Script field(String name, Object value) {
        return change(answer -> answer.withField(name, value));
    }

    /** Refuses the answer after its last piece, see {@link Answer#refusedAfterwards()}. */
    default Script refuseAfterwards() {
        return change(Answer::refusedAfterwards);
    }

    /** Adds a header to the response. */
    default Script header(String name, String value) {
        return change(answer -> answer.header(name, value));
    }

    /** Lets something go wrong on the way. */
    default Script fault(Fault fault) {
        requireNonNull(fault, "fault");
        return change(answer -> answer.fault(fault));
    }

    /** Lets something go wrong after so many pieces of the stream. */
    default Script fault(Fault fault, int afterPieces) {
        requireNonNull(fault, "fault");
        return change(answer -> answer.fault(fault, afterPieces));
    }

    /** Gives an answer that was made elsewhere; the methods above can still change it. */
    default Script reply(Answer answer) {
        requireNonNull(answer, "answer");
        return change(before -> answer);
    }

    /** Gives an answer that depends on the request; called on the simulator's threads, several at a time. */
    Script reply(Brain answer);

    /**
     * Goes on to the next round of the turn.
     *
     * @throws IllegalStateException if this round has no answer yet
     */
    Script then();

    /** Goes on to the following rounds of the turn, one answer each. */
    default Script then(Answer... answers) {
        Arrays.stream(answers).forEach(answer -> then().reply(answer));
        return this;
    }

    /**
     * Another answer for when this round is asked for again: by a retry, or by the same question.
     *
     * @throws IllegalStateException if this round has no answer yet
     */
    Script nextTime();
}

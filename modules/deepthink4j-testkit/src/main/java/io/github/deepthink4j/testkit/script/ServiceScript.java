package io.github.deepthink4j.testkit.script;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What the simulator answers to requests beside chats. It is made by {@link io.github.deepthink4j.testkit.DeepSeekSimulator#onSearch} and
 * its sisters, and in force from then on:
 *
 * <pre>{@code
 * deepSeek.onSearch(containing("weather")).result("Weather", "https://example.com/", "20 degrees");
 * deepSeek.onFetch(containing("example.com")).error(404, "failed to fetch URL").nextTime().page("Weather", "# 20 degrees");
 * }</pre>
 */
public interface ServiceScript {

    /** Narrows it down to the requests that this is true of, too. */
    ServiceScript when(Predicate<SimulatedRequest> also);

    /**
     * Changes the answer; the methods below all do. It is the kit's own at first.
     *
     * @throws IllegalStateException if a function gives the answer
     */
    ServiceScript change(UnaryOperator<ServiceAnswer> change);

    /** Gives an answer that depends on the request; called on the simulator's threads, several at a time. */
    ServiceScript reply(Function<SimulatedRequest, ServiceAnswer> answer);

    /**
     * Another answer for when the same is asked for again, by a retry, say; the last one stays.
     *
     * @throws IllegalStateException if there is no answer yet
     */
    ServiceScript nextTime();

    /** Gives an answer that was made elsewhere; the other methods can still change it. */
    default ServiceScript reply(ServiceAnswer answer) {
        requireNonNull(answer, "answer");
        return change(before -> answer);
    }

    /** Finds nothing. */
    default ServiceScript noResults() {
        return reply(ServiceAnswer.noResults());
    }

    /** Finds this, and what was named before it. */
    ServiceScript result(String title, String url, String summary);

    /** Gives this page. */
    default ServiceScript page(String title, String markdown) {
        return reply(ServiceAnswer.page(title, markdown));
    }

    /** Recognizes these pages. */
    default ServiceScript pages(String... texts) {
        return reply(ServiceAnswer.pages(texts));
    }

    /** Puts a field into the body. */
    default ServiceScript field(String name, Object value) {
        return change(answer -> answer.withField(name, value));
    }

    /** Gives this body, be it of the right form or not. */
    default ServiceScript json(String body) {
        return reply(ServiceAnswer.json(body));
    }

    /** Refuses with this status, in DeepSeek's format. */
    default ServiceScript error(int status, String message) {
        return reply(ServiceAnswer.error(status, message));
    }

    /** Waits so long before the head of the response. */
    default ServiceScript after(Duration delay) {
        return change(answer -> answer.delay(delay));
    }

    /** Sends so many blank lines before the body. */
    default ServiceScript keepAlives(int count) {
        return change(answer -> answer.keepAlives(count));
    }

    /** Adds a header to the response. */
    default ServiceScript header(String name, String value) {
        return change(answer -> answer.header(name, value));
    }

    /** Lets something go wrong on the way. */
    default ServiceScript fault(Fault fault) {
        requireNonNull(fault, "fault");
        return change(answer -> answer.fault(fault));
    }
}

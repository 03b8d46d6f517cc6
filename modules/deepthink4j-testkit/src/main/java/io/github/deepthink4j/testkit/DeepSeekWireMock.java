package io.github.deepthink4j.testkit;

import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.Parameters;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.matching.UrlPathPattern;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.deepthink4j.testkit.internal.rule.Breach;
import io.github.deepthink4j.testkit.internal.rule.Refusal;
import io.github.deepthink4j.testkit.internal.rule.RequestFacts;
import io.github.deepthink4j.testkit.internal.rule.RuleBook;
import io.github.deepthink4j.testkit.internal.shape.RequestBody;
import io.github.deepthink4j.testkit.internal.wiremock.WireMockAnswers;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DeepSeek for those who have WireMock 3 already. Its static methods make stubs:
 *
 * <pre>{@code
 * stubFor(post(chatCompletions()).willReturn(thinkingThenAnswer("Capital of Germany...", "Berlin")));
 * stubFor(post(chatCompletions()).willReturn(insufficientBalance()));
 * }</pre>
 *
 * <p>As an extension of the server it enforces a generation's rules before any stub answers, and lets the stubs above answer a
 * request as it asks for it, streamed or whole and under its model's name. Without it they always stream:
 *
 * <pre>{@code
 * new WireMockServer(options().dynamicPort().extensions(DeepSeekWireMock.as(Generation.V4_1)))
 * }</pre>
 *
 * <p>A WireMock that runs by itself finds it when the test kit's jar for stand-alone use is on its class path; the environment
 * variable {@value #GENERATION_VARIABLE} then names the generation, or a stub's transformer parameter {@code generation} does.
 *
 * <p>WireMock can't stall after the nth event, cut a connection there, send keep-alives, or notice that a client has gone:
 * {@link DeepSeekSimulator} can.
 */
public final class DeepSeekWireMock implements ResponseDefinitionTransformerV2 {

    /** The environment variable that names the generation where the code does not. */
    public static final String GENERATION_VARIABLE = "DEEPSEEK_GENERATION";

    private final @Nullable Generation generation;
    private final Set<Rule> rules;
    private final boolean strict;

    /** Enforces what {@value #GENERATION_VARIABLE} names, if anything; for WireMock's own discovery of extensions. */
    public DeepSeekWireMock() {
        this(named(System.getenv(GENERATION_VARIABLE)), Rule.byDefault(), false);
    }

    private DeepSeekWireMock(@Nullable Generation generation, Set<Rule> rules, boolean strict) {
        this.generation = generation;
        this.rules = rules;
        this.strict = strict;
    }

    /** Enforces this generation's rules. */
    public static DeepSeekWireMock as(Generation generation) {
        return new DeepSeekWireMock(generation, Rule.byDefault(), false);
    }

    /** The same without some of the rules. */
    public DeepSeekWireMock without(Rule... unwanted) {
        Set<Rule> fewer = EnumSet.copyOf(rules);
        List.of(unwanted).forEach(fewer::remove);
        return new DeepSeekWireMock(generation, fewer, strict);
    }

    /** The same, refusing also what DeepSeek would ignore. */
    public DeepSeekWireMock strict() {
        return new DeepSeekWireMock(generation, rules, true);
    }

    /** The address of chats, on each of DeepSeek's roots. */
    public static UrlPathPattern chatCompletions() {
        return urlPathMatching("(/v1|/beta)?/chat/completions");
    }

    /** An answer without a thought. */
    public static ResponseDefinitionBuilder answer(String text) {
        return reply(Answer.text(text));
    }

    /** A thought, and then an answer. */
    public static ResponseDefinitionBuilder thinkingThenAnswer(String thinking, String text) {
        return reply(Answer.thinking(thinking).thenText(text));
    }

    /** A thought, and then the call of a tool. */
    public static ResponseDefinitionBuilder thinkingThenToolCall(
            String thinking, String tool, Map<String, ?> arguments) {
        return reply(Answer.thinking(thinking).andToolCall(tool, arguments));
    }

    /** Any answer; of its ways of delivery the size of pieces, the delay before the head, the headers and the status count. */
    public static ResponseDefinitionBuilder reply(Answer answer) {
        return WireMockAnswers.of(answer);
    }

    /** A fault on the way of an answer, if WireMock can play it; of an answer that is streamed. */
    public static ResponseDefinitionBuilder fault(Fault fault, Answer answer) {
        return WireMockAnswers.of(answer.fault(fault, answer.faultAfter()));
    }

    /** An error in DeepSeek's format. */
    public static ResponseDefinitionBuilder error(int status, String message) {
        return WireMockAnswers.of(Refusal.of(status, message));
    }

    /** The 401 of a key that is not valid. */
    public static ResponseDefinitionBuilder wrongKey() {
        return error(401, "Authentication Fails, Your api key: ****-key is invalid");
    }

    /** The 402 of an account without money. */
    public static ResponseDefinitionBuilder insufficientBalance() {
        return error(402, "Insufficient Balance");
    }

    /**
     * The 429 of too many requests at a time.
     *
     * @param retryAfter full seconds
     */
    public static ResponseDefinitionBuilder tooManyRequests(Duration retryAfter) {
        return error(429, "Your current concurrency exceeds your concurrency limit.")
                .withHeader("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }

    /** The 503 of a server that has too much to do. */
    public static ResponseDefinitionBuilder overloaded() {
        return error(503, "The server is overloaded or not ready yet.");
    }

    @Override
    public String getName() {
        return "deepseek";
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        ResponseDefinition given = event.getResponseDefinition();
        String path = request.getUrl().replaceFirst("\\?.*$", "");
        boolean chat = request.getMethod().value().equals("POST") && path.endsWith("/chat/completions");
        if (!chat || !given.wasConfigured()) {
            return given;
        }
        Parameters parameters = event.getTransformerParameters();
        Generation named =
                parameters.containsKey("generation") ? named(parameters.getString("generation")) : generation;
        RequestBody body = RequestBody.read(request.getBody());
        RequestFacts facts = RequestFacts.of(named == null ? Generation.V4_1 : named, body, path);
        Refusal breach = named == null ? null : breach(body, facts);
        if (breach != null) {
            return WireMockAnswers.of(breach).build();
        }
        return WireMockAnswers.rendered(given, parameters, facts, named != null);
    }

    private @Nullable Refusal breach(RequestBody body, RequestFacts facts) {
        String syntaxError = body.syntaxError();
        if (syntaxError != null) {
            return Refusal.unreadable(syntaxError);
        }
        List<Breach> breaches = new ArrayList<>(RuleBook.breaches(rules, Rule.Severity.ERROR, facts));
        if (strict) {
            breaches.addAll(RuleBook.breaches(rules, Rule.Severity.WARNING, facts));
        }
        return breaches.isEmpty() ? null : breaches.get(0).refusal();
    }

    private static @Nullable Generation named(@Nullable String name) {
        return name == null || name.isBlank() ? null : Generation.named(name);
    }
}

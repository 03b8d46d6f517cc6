package io.github.deepthink4j.testkit.jupiter;

import static io.github.deepthink4j.testkit.script.TextMatch.containing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.DeepSeekTest;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.rule.Rule;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Test classes as users write them; {@link JupiterTest} runs them. */
final class Samples {

    private Samples() {}

    static class StaticField {

        @RegisterExtension
        static DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

        static String baseUrl;

        @BeforeAll
        static void always() {
            deepSeek.onMessage(containing("always")).answer("yes");
            baseUrl = deepSeek.baseUrl();
        }

        @RepeatedTest(2)
        void isResetBetweenTests() {
            assertTrue(deepSeek.requests().isEmpty());
            assertTrue(Client.ask(deepSeek, "always?").contains("yes"));
            deepSeek.onMessage(containing("once")).answer("only here");
            assertTrue(Client.ask(deepSeek, "once?").contains("only here"));
            assertTrue(Client.ask(deepSeek, "deepseek-r9", "always?").contains("but you passed deepseek-r9"));
            deepSeek.enforcing(Rule.KNOWN_MODEL, false);
            assertTrue(Client.ask(deepSeek, "deepseek-r9", "always?").contains("yes"));
            assertEquals(4, deepSeek.requests().size());
            assertEquals(baseUrl, deepSeek.baseUrl());
        }

        @Nested
        class Inner {

            @Test
            void hasTheSameServer() {
                assertEquals(baseUrl, deepSeek.baseUrl());
                assertTrue(Client.ask(deepSeek, "always?").contains("yes"));
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class StaticFieldInParallel {

        @RegisterExtension
        static DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

        @RepeatedTest(8)
        void seesNoRequestOfAnother() {
            deepSeek.respond(Answer.text("mine"));
            assertTrue(Client.ask(deepSeek, "hello").contains("mine"));
            assertEquals(1, deepSeek.requests().size());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    static class InstanceField {

        static final Set<Integer> PORTS = ConcurrentHashMap.newKeySet();

        @RegisterExtension
        DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.R1);

        @RepeatedTest(4)
        void hasItsOwn() {
            PORTS.add(deepSeek.port());
            deepSeek.onAnyMessage().answer("hello");
            assertTrue(Client.ask(deepSeek, "deepseek-reasoner", "anything").contains("hello"));
        }
    }

    @DeepSeekTest(Generation.V3_2)
    static class Parameter {

        static final Set<DeepSeekSimulator> SEEN = ConcurrentHashMap.newKeySet();

        private DeepSeekSimulator ofBeforeEach;

        @BeforeEach
        void setUp(DeepSeekSimulator deepSeek) {
            ofBeforeEach = deepSeek;
            deepSeek.onAnyMessage().answer("hello");
        }

        @Test
        @Execution(ExecutionMode.CONCURRENT)
        void isInjected(DeepSeekSimulator deepSeek) {
            assertSame(ofBeforeEach, deepSeek);
            assertTrue(SEEN.add(deepSeek));
            assertTrue(Client.ask(deepSeek, "deepseek-reasoner", "anything").contains("hello"));
        }

        @Test
        @Execution(ExecutionMode.CONCURRENT)
        @DeepSeekTest(value = Generation.V4, without = Rule.KNOWN_MODEL)
        void isAnotherGenerationHere(DeepSeekSimulator deepSeek) {
            assertTrue(SEEN.add(deepSeek));
            assertTrue(Client.ask(deepSeek, "any-model", "anything").contains("hello"));
        }

        @Nested
        class Inner {

            @Test
            void hasTheOuterGeneration(DeepSeekSimulator deepSeek) {
                assertNotEquals("", Client.ask(deepSeek, "deepseek-chat", "anything"));
            }
        }
    }

    @DeepSeekTest
    static class Unscripted {

        @Test
        void fails(DeepSeekSimulator deepSeek) {
            deepSeek.onMessage(containing("strawberries")).answer("many");
            Client.ask(deepSeek, "How many Rs are in strawberry?");
        }
    }

    static class NothingSetUp {

        @RegisterExtension
        static DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

        @Test
        void fails() {
            Client.ask(deepSeek, "What is 1 + 1?");
        }
    }

    @DeepSeekTest(strict = true)
    static class Strict {

        @Test
        void fails(DeepSeekSimulator deepSeek) {
            deepSeek.onAnyMessage().answer("hello");
            Client.send(deepSeek, """
                    {"model":"deepseek-flash","temperature":0.7,"messages":[{"role":"user","content":"Hi"}]}""");
        }
    }

    @DeepSeekTest
    static class ParameterTooEarly {

        @BeforeAll
        static void setUp(DeepSeekSimulator deepSeek) {
            deepSeek.start();
        }

        @Test
        void isNotReached() {}
    }
}

package io.github.deepthink4j.tck;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.thorough.Thorough;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Lets the tests of the streaming kit wait side by side and stream one after the other. The kit wants the callbacks of a
 * stream on one thread; another stream that begins in a pause of the first may take that thread. The test that cancels
 * waits 30 seconds for a call that must not come: as soon as its stream is over, the next test may begin. One kit shows it for all,
 * but with {@code mvn verify -Pthorough}.
 */
final class OneStreamAtATime implements InvocationInterceptor, ExecutionCondition {

    /** The kit that waits in any case. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface WaitsForAll {}

    private static final String WAITS_WHEN_ITS_STREAM_IS_OVER = "should_cancel_streaming";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Semaphore STREAM = new Semaphore(1, true);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean waits = context.getTestMethod()
                .map(Method::getName)
                .filter(WAITS_WHEN_ITS_STREAM_IS_OVER::equals)
                .isPresent();
        return waits && !Thorough.on() && !context.getRequiredTestClass().isAnnotationPresent(WaitsForAll.class)
                ? ConditionEvaluationResult.disabled("waits half a minute: run by mvn verify -Pthorough")
                : ConditionEvaluationResult.enabled(null);
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        STREAM.acquire();
        try {
            invocation.proceed();
        } finally {
            STREAM.release();
        }
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        if (!method.getExecutable().getName().equals(WAITS_WHEN_ITS_STREAM_IS_OVER)) {
            interceptTestMethod(invocation, method, context);
            return;
        }
        STREAM.acquire();
        DeepSeekSimulator deepSeek = ((StreamingKit) context.getRequiredTestInstance()).simulator();
        int earlier = deepSeek.requests().size();
        Thread givesWay = new Thread(() -> {
            awaitEndOf(deepSeek, earlier);
            STREAM.release();
        });
        givesWay.start();
        invocation.proceed();
    }

    private static void awaitEndOf(DeepSeekSimulator deepSeek, int number) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (deepSeek.requests().size() <= number && System.nanoTime() < end) {
                Thread.sleep(5);
            }
            if (deepSeek.requests().size() > number) {
                deepSeek.requests().get(number).awaitEnd(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

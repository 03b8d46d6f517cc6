package io.github.deepthink4j.internal.http;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** One exchange over the JDK's client: asks for the next bytes when the listener is done with those before. */
final class JdkCall implements TransportCall, BodySubscriber<@Nullable Void> {

    private final TransportRequest request;
    private final Delivery delivery;
    private final Watchdog watchdog;
    private final CompletableFuture<@Nullable Void> body = new CompletableFuture<>();

    private final Object lock = new Object();
    private @Nullable CompletableFuture<?> exchange;
    private Flow.@Nullable Subscription subscription;
    private boolean closed;
    private boolean paused;
    private boolean owesRequest;
    private volatile boolean responded;

    JdkCall(TransportRequest request, TransportListener listener, @Nullable Executor executor) {
        this.request = request;
        this.delivery = new Delivery(listener, executor, this::closeWire);
        this.watchdog = new Watchdog(request.timeouts(), delivery::fail);
    }

    void start(HttpClient client) {
        watchdog.start();
        CompletableFuture<HttpResponse<@Nullable Void>> sent;
        try {
            sent = client.sendAsync(jdkRequest(), this::responded);
        } catch (RuntimeException e) {
            sent = CompletableFuture.failedFuture(e);
        }
        boolean tooLate;
        synchronized (lock) {
            exchange = sent;
            tooLate = closed;
        }
        if (tooLate) {
            sent.cancel(true);
        }
        sent.whenComplete((response, error) -> {
            if (error != null) {
                failed(error);
            }
        });
    }

    private HttpRequest jdkRequest() {
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri());
        request.headers().forEach(builder::setHeader);
        byte[] bytes = request.body();
        return builder.method(
                        request.method(), bytes == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(bytes))
                .build();
    }

    private BodySubscriber<@Nullable Void> responded(HttpResponse.ResponseInfo info) {
        responded = true;
        delivery.response(info.statusCode(), info.headers().map());
        return this;
    }

    @Override
    public CompletionStage<@Nullable Void> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        boolean tooLate;
        synchronized (lock) {
            this.subscription = subscription;
            tooLate = closed;
        }
        if (tooLate) {
            subscription.cancel();
        } else {
            requestMore();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        watchdog.received();
        delivery.bytes(buffers, this::requestMore);
    }

    @Override
    public void onError(Throwable error) {
        failed(error);
        body.completeExceptionally(error);
    }

    @Override
    public void onComplete() {
        watchdog.stop();
        delivery.complete();
        body.complete(null);
    }

    private void failed(Throwable error) {
        watchdog.stop();
        delivery.fail(Failures.of(error, responded, request.timeouts()));
    }

    /** The backpressure: nothing is read ahead of the listener but what the client holds in its one buffer. */
    private void requestMore() {
        Flow.Subscription current;
        synchronized (lock) {
            if (paused) {
                owesRequest = true;
                return;
            }
            current = subscription;
        }
        if (current != null && !delivery.isOver()) {
            watchdog.waiting();
            current.request(1);
        }
    }

    @Override
    public void pause() {
        synchronized (lock) {
            paused = true;
        }
    }

    @Override
    public void resume() {
        boolean owed;
        synchronized (lock) {
            paused = false;
            owed = owesRequest;
            owesRequest = false;
        }
        if (owed) {
            requestMore();
        }
    }

    @Override
    public void cancel() {
        delivery.cancel();
    }

    @Override
    public boolean isCancelled() {
        return delivery.isCancelled();
    }

    /** Before the head of the response only cancelling the future stops the client, after it the subscription. */
    private void closeWire() {
        CompletableFuture<?> sent;
        Flow.Subscription current;
        synchronized (lock) {
            closed = true;
            sent = exchange;
            current = subscription;
        }
        watchdog.stop();
        if (current != null) {
            current.cancel();
        }
        if (sent != null) {
            sent.cancel(true);
        }
        body.cancel(false);
    }
}

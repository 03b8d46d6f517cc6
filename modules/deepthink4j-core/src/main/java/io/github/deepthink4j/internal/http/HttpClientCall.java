package io.github.deepthink4j.internal.http;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.github.deepthink4j.settings.Timeouts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One exchange over LangChain4j's SPI. The parser that it hands to the client parses nothing: it reads bytes and passes
 * them on, so that the same decoder serves both transports.
 */
final class HttpClientCall extends WireCall implements ServerSentEventListener, ServerSentEventParser {

    private static final int BUFFER_BYTES = 16 * 1024;

    /** Lets the reading thread go on when the listener is done; a paused call keeps the permit. */
    private final Semaphore mayRead = new Semaphore(0);

    private final Object lock = new Object();
    private @Nullable InputStream stream;
    private boolean closed;

    HttpClientCall(Timeouts timeouts, TransportListener listener, @Nullable Executor executor, Scheduler scheduler) {
        super(timeouts, listener, executor, scheduler);
    }

    /** On a thread of ours, since a client may block until it is connected. */
    void start(HttpClient client, TransportRequest request) {
        begin();
        OwnThreads.run(() -> {
            try {
                client.execute(spiRequest(request), this, this);
            } catch (Throwable e) {
                onError(e);
            }
        });
    }

    private static HttpRequest spiRequest(TransportRequest request) throws IOException {
        HttpRequest.Builder builder = HttpRequest.builder()
                .method(HttpMethod.valueOf(request.method()))
                .url(request.uri().toString());
        MultipartForm form = request.form();
        if (form != null) {
            return form(builder, request.headers(), form);
        }
        request.headers().forEach((name, value) -> builder.addHeader(name, value));
        byte[] bytes = request.body();
        return bytes == null
                ? builder.build()
                : builder.body(new String(bytes, StandardCharsets.UTF_8)).build();
    }

    /** The SPI's clients make their own form, with the file in memory; fields come first. */
    private static HttpRequest form(HttpRequest.Builder builder, Map<String, String> headers, MultipartForm form)
            throws IOException {
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("content-type")) {
                builder.addHeader(name, value);
            }
        });
        form.fields().forEach(builder::addFormDataField);
        return builder.addFormDataFile("file", form.fileName(), "application/octet-stream", form.readFile())
                .build();
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
        responded(response.statusCode(), response.headers());
    }

    @Override
    public void parse(InputStream body, ServerSentEventListener self) {
        boolean tooLate;
        synchronized (lock) {
            stream = body;
            tooLate = closed;
        }
        if (tooLate) {
            close(body);
            return;
        }
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            for (int read = body.read(buffer); read >= 0 && !isOver(); read = body.read(buffer)) {
                received(List.of(ByteBuffer.wrap(buffer, 0, read)));
                mayRead.acquire();
                if (isDraining()) {
                    drain(body);
                    break;
                }
                waiting();
            }
            completed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            onError(e);
        } catch (Throwable e) {
            onError(e);
        }
    }

    /** Into a buffer of its own: the listener's last callback may still run. */
    private void drain(InputStream body) throws IOException {
        byte[] rest = new byte[BUFFER_BYTES];
        for (int read = body.read(rest); read >= 0 && !isOver(); read = body.read(rest)) {
            drained(read);
        }
    }

    @Override
    protected void readMore() {
        mayRead.release();
    }

    @Override
    public void onError(Throwable error) {
        stopped();
        if (error instanceof HttpException http && !responded) {
            byte[] text =
                    http.getMessage() == null ? new byte[0] : http.getMessage().getBytes(StandardCharsets.UTF_8);
            responded(http.statusCode(), Map.of());
            delivery.bytes(List.of(ByteBuffer.wrap(text)), () -> {});
            delivery.complete();
        } else {
            failed(error);
        }
    }

    @Override
    protected void closeWire() {
        InputStream open;
        synchronized (lock) {
            closed = true;
            open = stream;
        }
        stopped();
        mayRead.release();
        if (open != null) {
            close(open);
        }
    }

    private static void close(InputStream stream) {
        try {
            stream.close();
        } catch (IOException e) {
            // There is nothing left to lose: it was to be closed because nobody wants its content any more.
            return;
        }
    }
}

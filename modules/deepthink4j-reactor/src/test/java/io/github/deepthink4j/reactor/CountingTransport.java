package io.github.deepthink4j.reactor;

import dev.langchain4j.http.client.jdk.JdkHttpClientBuilder;
import io.github.deepthink4j.internal.http.HttpClientTransport;
import io.github.deepthink4j.internal.http.JdkTransport;
import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportCall;
import io.github.deepthink4j.internal.http.TransportFactory;
import io.github.deepthink4j.internal.http.TransportFailure;
import io.github.deepthink4j.internal.http.TransportListener;
import io.github.deepthink4j.internal.http.TransportRequest;
import io.github.deepthink4j.internal.http.TransportSettings;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes that are handed to the decoder.
 *
 * @param langChain4jsHttpClient whether they come by LangChain4j's SPI
 */
record CountingTransport(boolean langChain4jsHttpClient, AtomicLong bytes) implements TransportFactory {

    @Override
    public Transport create(TransportSettings settings) {
        Transport wire = langChain4jsHttpClient
                ? HttpClientTransport.builder(new JdkHttpClientBuilder())
                        .executor(settings.executor())
                        .scheduler(settings.scheduler())
                        .build()
                : JdkTransport.builder()
                        .executor(settings.executor())
                        .scheduler(settings.scheduler())
                        .build();
        return new Transport() {

            @Override
            public TransportCall send(TransportRequest request, TransportListener listener) {
                return wire.send(request, counting(listener));
            }

            @Override
            public void close() {
                wire.close();
            }
        };
    }

    private TransportListener counting(TransportListener listener) {
        return new TransportListener() {

            @Override
            public void onResponse(int status, Map<String, List<String>> headers) {
                listener.onResponse(status, headers);
            }

            @Override
            public void onBytes(ByteBuffer read) {
                bytes.addAndGet(read.remaining());
                listener.onBytes(read);
            }

            @Override
            public void onComplete() {
                listener.onComplete();
            }

            @Override
            public void onFailure(TransportFailure failure) {
                listener.onFailure(failure);
            }
        };
    }
}

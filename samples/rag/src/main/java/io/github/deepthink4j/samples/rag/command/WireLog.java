package io.github.deepthink4j.samples.rag.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.charset.StandardCharsets;

/** Keeps the last request that the reasoner's model has logged; the key in it is masked already. */
public final class WireLog extends AppenderBase<ILoggingEvent> {

    private static final String BODY = "\n- body: ";

    private static volatile String lastRequest = "Nothing has been sent yet.";

    public static String lastRequest() {
        return lastRequest;
    }

    /** How long its body is; 0 if nothing has been sent yet. */
    public static int lastBodyBytes() {
        String request = lastRequest;
        int body = request.indexOf(BODY);
        return body < 0 ? 0 : request.substring(body + BODY.length()).getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getFormattedMessage().startsWith("HTTP request")) {
            lastRequest = event.getFormattedMessage();
        }
    }
}

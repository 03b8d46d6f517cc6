package io.github.deepthink4j.samples.chat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

/** Keeps the last request that the model has logged; the key in it is masked already. */
public final class WireLog extends AppenderBase<ILoggingEvent> {

    private static volatile String lastRequest = "Nothing has been sent yet.";

    static String lastRequest() {
        return lastRequest;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getFormattedMessage().startsWith("HTTP request")) {
            lastRequest = event.getFormattedMessage();
        }
    }
}

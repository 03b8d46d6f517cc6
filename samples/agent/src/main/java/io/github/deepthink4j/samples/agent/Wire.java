package io.github.deepthink4j.samples.agent;

import io.github.deepthink4j.model.SentRequest;
import io.github.deepthink4j.samples.agent.screen.Screen;

/** The last request to each of the two models. */
final class Wire {

    private volatile SentRequest reasoner;
    private volatile SentRequest toolCaller;

    void toReasoner(SentRequest request) {
        reasoner = request;
    }

    void toToolCaller(SentRequest request) {
        toolCaller = request;
    }

    void show(Screen screen) {
        show(screen, "the reasoner", reasoner);
        show(screen, "the tool caller", toolCaller);
    }

    private static void show(Screen screen, String whom, SentRequest last) {
        screen.line(
                last == null
                        ? "Nothing has been sent to " + whom + " yet."
                        : "To " + whom + ": " + last.method() + " " + last.uri() + "\n" + last.headers() + "\n"
                                + last.body());
    }
}

package io.github.deepthink4j.samples.agent;

import io.github.deepthink4j.model.SentRequest;
import io.github.deepthink4j.samples.agent.screen.Screen;
import io.github.deepthink4j.samples.agent.screen.Words;

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
        show(screen, Words.of("the reasoner", "推理模型"), reasoner);
        show(screen, Words.of("the tool caller", "工具调用模型"), toolCaller);
    }

    private static void show(Screen screen, String whom, SentRequest last) {
        screen.verbatim(
                last == null
                        ? Words.of("Nothing has been sent to " + whom + " yet.", "还没有向" + whom + "发送过请求。")
                        : Words.of("To " + whom + ": ", "发给" + whom + "：") + last.method() + " " + last.uri() + "\n"
                                + last.headers() + "\n" + last.body());
    }
}

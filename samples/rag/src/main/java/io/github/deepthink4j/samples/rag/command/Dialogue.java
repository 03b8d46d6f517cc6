package io.github.deepthink4j.samples.rag.command;

import dev.langchain4j.exception.LangChain4jException;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.model.SentRequest;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.answer.Conversation;
import io.github.deepthink4j.samples.rag.answer.LeftOut;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import io.github.deepthink4j.samples.rag.screen.Screen;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/** Question after question on the screen: the thought dimmed, the answer plain, and under it where it comes from. */
final class Dialogue {

    private static final int ANSWERED = 0;
    private static final int NOT_ANSWERED = 1;

    private final Screen screen;
    private final Conversation conversation;
    private final Supplier<String> cost;
    private final Supplier<Optional<SentRequest>> lastRequest;
    private List<Passage> lastPassages = List.of();
    private boolean failed;
    private boolean keyRefused;

    /**
     * @param cost        says what was spent so far
     * @param lastRequest to the reasoner
     */
    Dialogue(
            Screen screen,
            Conversation conversation,
            Supplier<String> cost,
            Supplier<Optional<SentRequest>> lastRequest) {
        this.screen = screen;
        this.conversation = conversation;
        this.cost = cost;
        this.lastRequest = lastRequest;
    }

    /** Until the input ends; the exit code. A script is told if one of its questions was not answered. */
    int run() {
        screen.line(Words.of(
                "Ask something. /passages shows what was read, /wire what was sent, /help the rest; Ctrl-C stops an"
                        + " answer, Ctrl-D ends.",
                "请提问。/passages 显示读到的段落，/wire 显示发送的请求，/help 列出其余命令；Ctrl-C 停止回答，Ctrl-D 结束。"));
        for (Optional<String> line = screen.read(); line.isPresent(); line = screen.read()) {
            String input = line.get().strip();
            switch (input) {
                case "" -> {}
                case "/quit", "/exit" -> {
                    return exitCode();
                }
                case "/passages" -> showPassages();
                case "/wire" -> showWire();
                case "/forget" -> conversation.forget();
                case "/help" ->
                    screen.line(Words.of(
                            "/passages: what the last answer was made from; /wire: the last request as it was sent;"
                                    + " /forget: begin anew; /quit: end.",
                            "/passages：上一个回答的依据；/wire：上一个请求的原样；/forget：重新开始；/quit：结束。"));
                default -> {
                    if (input.startsWith("/")) {
                        screen.line(Words.of(
                                "There is no command " + input + "; /help lists those there are.",
                                "没有命令 " + input + "；/help 列出所有命令。"));
                    } else {
                        failed |= ask(input) == NOT_ANSWERED;
                        if (keyRefused) {
                            return NOT_ANSWERED;
                        }
                    }
                }
            }
        }
        return exitCode();
    }

    private int exitCode() {
        return failed && !screen.isTerminal() ? NOT_ANSWERED : ANSWERED;
    }

    /** The exit code, were it the last question. */
    int ask(String question) {
        if (!LocalEmbeddings.reads(question)) {
            screen.note(LocalEmbeddings.readsEnglish());
        }
        ShownAnswer shown = new ShownAnswer();
        try {
            Answer answer = screen.interruptible(conversation::stop, () -> conversation.ask(question, shown));
            shown.end();
            lastPassages = answer.passages();
            showSources(answer);
            screen.note(cost.get());
            return ANSWERED;
        } catch (CancellationException | CallInterruptedException e) {
            shown.end();
            screen.note(Words.of("stopped", "已停止"));
            return NOT_ANSWERED;
        } catch (LangChain4jException e) {
            shown.end();
            screen.line(Words.error(e));
            keyRefused = e instanceof InvalidApiKeyException;
            return NOT_ANSWERED;
        }
    }

    private void showSources(Answer answer) {
        for (Passage passage : answer.citedPassages()) {
            screen.line("  [" + passage.number() + "] " + passage.source());
        }
        if (!answer.asked()) {
            screen.note(Words.of(
                    "no passage is near enough to the question, so the reasoner was not asked",
                    "没有与问题足够接近的段落，所以没有询问推理模型"));
        } else if (answer.unsourced() > 0) {
            screen.note(Words.of(
                    answer.unsourced() == 1 ? "1 claim has no source" : answer.unsourced() + " claims have no source",
                    answer.unsourced() + " 处说法没有出处"));
        }
    }

    private void showPassages() {
        if (lastPassages.isEmpty()) {
            screen.line(Words.of("No passage was sent yet, or none with the last question.", "还没有发送过段落，或者上一个问题没有段落。"));
        }
        for (Passage passage : lastPassages) {
            screen.line(String.format(
                    Locale.ROOT,
                    "[%d] %s (%.2f)%n%s%n",
                    passage.number(),
                    passage.source(),
                    passage.score(),
                    passage.text()));
        }
    }

    private void showWire() {
        Optional<SentRequest> last = lastRequest.get();
        screen.line(last.map(request ->
                        request.method() + " " + request.uri() + "\n" + request.headers() + "\n" + request.body())
                .orElse(Words.of("Nothing has been sent yet.", "还没有发送过请求。")));
        LeftOut leftOut = conversation.leftOut();
        screen.note(String.format(
                Locale.ROOT,
                "%,d bytes. A memory that keeps everything would have added %,d: %,d of passages and %,d of thoughts,"
                        + " from %d earlier %s",
                last.map(request -> request.body().getBytes(StandardCharsets.UTF_8).length)
                        .orElse(0),
                leftOut.passageBytes() + leftOut.thoughtBytes(),
                leftOut.passageBytes(),
                leftOut.thoughtBytes(),
                leftOut.turns(),
                leftOut.turns() == 1 ? "turn" : "turns"));
    }

    private final class ShownAnswer implements AnswerListener {

        private boolean answering;

        @Override
        public void thinking(String piece) {
            screen.dimmed(piece);
        }

        @Override
        public void text(String sentence) {
            if (!answering) {
                answering = true;
                screen.endDimmed();
            }
            screen.plain(sentence);
        }

        void end() {
            screen.endDimmed();
            if (answering) {
                screen.line("");
            }
        }
    }
}

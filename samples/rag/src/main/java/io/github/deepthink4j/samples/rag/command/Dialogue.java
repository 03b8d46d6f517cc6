package io.github.deepthink4j.samples.rag.command;

import dev.langchain4j.exception.LangChain4jException;
import io.github.deepthink4j.error.CallInterruptedException;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.model.SentRequest;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.answer.Answering;
import io.github.deepthink4j.samples.rag.answer.LeftOut;
import io.github.deepthink4j.samples.rag.model.Choices;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import io.github.deepthink4j.samples.rag.screen.CleanText;
import io.github.deepthink4j.samples.rag.screen.Commands;
import io.github.deepthink4j.samples.rag.screen.Screen;
import io.github.deepthink4j.samples.rag.screen.Transcript;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/** Question after question on the screen: the thought dimmed, the answer plain, and under it where it comes from. */
final class Dialogue {

    private static final int ANSWERED = 0;
    private static final int NOT_ANSWERED = 1;

    private final Screen screen;
    private final Answering conversation;
    private final Session session;
    private final Transcript transcript = new Transcript();
    private List<Passage> lastPassages = List.of();
    private boolean failed;
    private boolean keyRefused;

    Dialogue(Screen screen, Session session, Answering conversation) {
        this.screen = screen;
        this.session = session;
        this.conversation = conversation;
    }

    /** Until the input ends; the exit code. A script is told if one of its questions was not answered. */
    int run() {
        screen.line(Words.of(
                "Ask something. /passages shows what was read, /wire what was sent, /help the rest; Ctrl-C stops an"
                        + " answer, Ctrl-D ends.",
                "请提问。/passages 显示读到的段落，/wire 显示发送的请求，/help 列出其余命令；Ctrl-C 停止回答，Ctrl-D 结束。"));
        commands().readUntilTheEnd(question -> {
            failed |= ask(question) == NOT_ANSWERED;
            return !keyRefused;
        });
        return keyRefused ? NOT_ANSWERED : exitCode();
    }

    private Commands commands() {
        Commands commands = new Commands(screen)
                .add("/passages", Words.of("what the last answer was made from", "上一个回答的依据"), this::showPassages)
                .add("/wire", Words.of("the last request as it was sent", "上一个请求的原样"), this::showWire)
                .add("/forget", Words.of("begin anew", "重新开始"), this::forget)
                .add(
                        "/save",
                        "FILE",
                        Words.of("write the conversation to a new file", "把对话写入新文件"),
                        name -> screen.line(transcript.save(name)));
        Choices.addCommands(commands, screen, session.firstChoices(), session::choices, session::choose);
        return commands;
    }

    private void forget() {
        conversation.forget();
        transcript.clear();
        session.bill().forget();
        screen.note(Words.of("forgotten", "已忘记"));
    }

    private int exitCode() {
        return failed && !screen.isTerminal() ? NOT_ANSWERED : ANSWERED;
    }

    /** The exit code, were it the last question. */
    int ask(String question) {
        if (!LocalEmbeddings.reads(question)) {
            screen.note(LocalEmbeddings.readsEnglishAndChinese());
        }
        ShownAnswer shown = new ShownAnswer();
        session.bill().begin();
        try {
            Answer answer = screen.interruptible(conversation::stop, () -> conversation.ask(question, shown));
            shown.end();
            lastPassages = answer.passages();
            showSources(answer, shown);
            session.notes().forEach(screen::note);
            showCost();
            transcript.add(question, shown.thought.toString(), answer.text() + sources(answer));
            return ANSWERED;
        } catch (CancellationException | CallInterruptedException e) {
            shown.end();
            session.bill().stopped();
            screen.note(Words.of("stopped", "已停止"));
            return NOT_ANSWERED;
        } catch (LangChain4jException e) {
            shown.end();
            screen.line(Words.error(e));
            session.choices().hint(e, session.firstChoices()).ifPresent(screen::note);
            keyRefused = e instanceof InvalidApiKeyException;
            return NOT_ANSWERED;
        }
    }

    private void showCost() {
        screen.note(session.tokens());
        session.bill().line().ifPresent(screen::note);
    }

    private void showSources(Answer answer, ShownAnswer shown) {
        for (Passage passage : answer.citedPassages()) {
            screen.line(source(passage));
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
        int unsupported = answer.unsupported().size();
        if (unsupported > 0) {
            screen.note(Words.of(
                    (unsupported == 1 ? "1 sentence says" : unsupported + " sentences say")
                            + " what the cited passages do not",
                    unsupported + " 句话与所引段落不符"));
        }
        shown.notes.forEach(screen::note);
    }

    private static String source(Passage passage) {
        return "  [" + passage.number() + "] " + passage.source();
    }

    private static String sources(Answer answer) {
        return answer.citedPassages().stream()
                .map(passage -> "\n\n" + source(passage).strip())
                .collect(Collectors.joining());
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
        Optional<SentRequest> last = session.lastRequest();
        screen.verbatim(last.map(request ->
                        request.method() + " " + request.uri() + "\n" + request.headers() + "\n" + request.body())
                .orElse(Words.of("Nothing has been sent yet.", "还没有发送过请求。")));
        LeftOut leftOut = conversation.leftOut();
        int bytes = last.map(request -> request.body().getBytes(StandardCharsets.UTF_8).length)
                .orElse(0);
        long more = leftOut.passageBytes() + leftOut.thoughtBytes();
        screen.note(String.format(
                Locale.ROOT,
                Words.of(
                        "%,d bytes. A memory that keeps everything would have added %,d: %,d of passages and %,d of"
                                + " thoughts, from %d earlier " + (leftOut.turns() == 1 ? "turn" : "turns"),
                        "%,d 字节。保留一切的记忆会再加上 %,d 字节：段落 %,d，思维链 %,d，来自之前的 %d 轮"),
                bytes,
                more,
                leftOut.passageBytes(),
                leftOut.thoughtBytes(),
                leftOut.turns()));
    }

    private final class ShownAnswer implements AnswerListener {

        private final StringBuilder thought = new StringBuilder();
        private final List<String> notes = new ArrayList<>();
        private boolean answering;

        @Override
        public void thinking(String piece) {
            thought.append(piece);
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

        @Override
        public void note(String text) {
            notes.add(text);
        }

        @Override
        public void step(String line) {
            endLine();
            screen.line(CleanText.inOneLine(line));
        }

        @Override
        public void aside(String remark) {
            endLine();
            screen.note(remark);
        }

        private void endLine() {
            screen.endDimmed();
            if (answering) {
                answering = false;
                screen.line("");
            }
        }

        void end() {
            endLine();
        }
    }
}

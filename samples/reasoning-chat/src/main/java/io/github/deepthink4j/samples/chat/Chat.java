package io.github.deepthink4j.samples.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.model.SentRequest;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.samples.chat.screen.CleanText;
import io.github.deepthink4j.samples.chat.screen.Commands;
import io.github.deepthink4j.samples.chat.screen.Screen;
import io.github.deepthink4j.samples.chat.screen.Transcript;
import io.github.deepthink4j.samples.chat.screen.Words;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** Turn after turn: a question, the thought dimmed, the answer plain, and what it has cost. */
final class Chat {

    private final Screen screen;
    private final Settings settings;
    private final Transcript transcript = new Transcript();
    private final Spending spending;
    private Choices choices;
    private Remembered remembered;
    private DeepSeekStreamingChatModel model;
    private volatile SentRequest lastRequest;
    private boolean failed;
    private boolean refused;

    Chat(Screen screen, Settings settings) {
        this.screen = screen;
        this.settings = settings;
        this.spending = new Spending(settings.simulated());
        this.remembered = new Remembered(ModelProfile.forModel(settings.modelName()));
        choose(Choices.of(settings.modelName()));
    }

    private void choose(Choices chosen) {
        model = chosen.applyTo(DeepSeekStreamingChatModel.builder()
                        .baseUrl(settings.baseUrl())
                        .apiKey(settings.apiKey())
                        .pricing(spending.prices())
                        .requestListener(request -> lastRequest = request))
                .build();
        if (choices != null && !choices.modelName().equals(chosen.modelName())) {
            remembered = remembered.forAnother(ModelProfile.forModel(chosen.modelName()));
        }
        choices = chosen;
    }

    /** Until the input ends; the exit code. A script is told if one of its questions was not answered. */
    int run() {
        screen.line(Words.of(
                "Ask something. /wire shows what was sent, /memory what is kept, /help the rest; Ctrl-C stops an answer, Ctrl-D ends.",
                "请提问。/wire 显示发送的请求，/memory 显示记住的内容，/help 列出其余命令；Ctrl-C 停止回答，Ctrl-D 结束。"));
        try {
            commands().readUntilTheEnd(this::ask);
        } catch (UncheckedIOException e) {
            screen.line(Words.of("Error: the input can't be read: ", "错误：无法读取输入：")
                    + CleanText.inOneLine(e.getCause().getMessage()));
            return 1;
        }
        return refused ? 1 : exitCode();
    }

    private Commands commands() {
        Commands commands = new Commands(screen)
                .add("/wire", Words.of("the last request as it was sent", "上一个请求的原样"), this::showWire)
                .add(
                        "/memory",
                        Words.of("what is kept and what was dropped", "记住了什么，丢掉了什么"),
                        () -> screen.line(remembered.describe()))
                .add("/forget", Words.of("begin anew", "重新开始"), this::forget)
                .add(
                        "/save",
                        "FILE",
                        Words.of("write the conversation to a new file", "把对话写入新文件"),
                        name -> screen.line(transcript.save(name)));
        Choices.addCommands(commands, screen, Choices.of(settings.modelName()), () -> choices, this::choose);
        return commands;
    }

    private void forget() {
        remembered.memory().clear();
        transcript.clear();
        spending.forget();
        screen.note(Words.of("forgotten", "已忘记"));
    }

    private int exitCode() {
        return failed && !screen.isTerminal() ? 1 : 0;
    }

    /** {@code false} if it is of no use to go on. */
    private boolean ask(String question) {
        UserMessage message = UserMessage.from(question);
        ChatMemory memory = remembered.memory();
        ChatRequest request = ChatRequest.builder()
                .messages(Stream.concat(memory.messages().stream(), Stream.of(message))
                        .toList())
                .build();
        Turn turn = new Turn(screen, spending);
        Turn.Outcome outcome = answer(request, turn);
        if (outcome.response() != null) {
            // Only what was answered is remembered: a turn that failed leaves nothing behind.
            AiMessage answer = outcome.response().aiMessage();
            memory.add(message, answer);
            transcript.add(question, answer.thinking(), answer.text());
        }
        if (outcome.error() != null) {
            failed = true;
            choices.hint(outcome.error(), Choices.of(settings.modelName())).ifPresent(screen::note);
        }
        refused = outcome.error() instanceof InvalidApiKeyException;
        return !refused;
    }

    private Turn.Outcome answer(ChatRequest request, Turn turn) {
        try {
            StreamingHandle handle = model.start(request, turn);
            return screen.interruptible(() -> stop(handle, turn), turn::await);
        } catch (LangChain4jException | IllegalArgumentException e) {
            // It was refused before it was sent, such as an effort that the model does not know.
            turn.onError(e);
            return turn.await();
        }
    }

    private void showWire() {
        SentRequest last = lastRequest;
        screen.verbatim(
                last == null
                        ? Words.of("Nothing has been sent yet.", "还没有发送过请求。")
                        : last.method() + " " + last.uri() + "\n" + last.headers() + "\n" + last.body());
    }

    private static void stop(StreamingHandle handle, Turn turn) {
        handle.cancel();
        turn.stopped();
    }
}

package io.github.deepthink4j.samples.chat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.model.SentRequest;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.samples.chat.screen.Screen;
import io.github.deepthink4j.samples.chat.screen.Words;
import java.util.Optional;
import java.util.stream.Stream;

/** Turn after turn: a question, the thought dimmed, the answer plain, and what it has cost. */
final class Chat {

    private final Screen screen;
    private final DeepSeekStreamingChatModel model;
    private final Remembered remembered;
    private final ChatMemory memory;
    private volatile SentRequest lastRequest;
    private boolean failed;

    Chat(Screen screen, Settings settings) {
        this.screen = screen;
        this.remembered = new Remembered(ModelProfile.forModel(settings.modelName()));
        this.memory = remembered.memory();
        this.model = DeepSeekStreamingChatModel.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .modelName(settings.modelName())
                .requestListener(request -> lastRequest = request)
                .build();
    }

    /** Until the input ends; the exit code. A script is told if one of its questions was not answered. */
    int run() {
        screen.line(Words.of(
                "Ask something. /wire shows what was sent, /memory what is kept, /help the rest; Ctrl-C stops an answer, Ctrl-D ends.",
                "请提问。/wire 显示发送的请求，/memory 显示记住的内容，/help 列出其余命令；Ctrl-C 停止回答，Ctrl-D 结束。"));
        for (Optional<String> line = screen.read(); line.isPresent(); line = screen.read()) {
            String input = line.get().strip();
            switch (input) {
                case "" -> {}
                case "/quit", "/exit" -> {
                    return exitCode();
                }
                case "/wire" -> showWire();
                case "/memory" -> screen.line(remembered.describe());
                case "/forget" -> memory.clear();
                case "/help" ->
                    screen.line(Words.of(
                            "/wire: the last request as it was sent; /memory: what is kept and what was dropped;"
                                    + " /forget: begin anew; /quit: end.",
                            "/wire：上一个请求的原样；/memory：记住了什么，丢掉了什么；/forget：重新开始；/quit：结束。"));
                default -> {
                    if (input.startsWith("/")) {
                        screen.line(Words.of(
                                "There is no command " + input + "; /help lists those there are.",
                                "没有命令 " + input + "；/help 列出所有命令。"));
                    } else if (!ask(input)) {
                        return 1;
                    }
                }
            }
        }
        return exitCode();
    }

    private int exitCode() {
        return failed && !screen.isTerminal() ? 1 : 0;
    }

    /** {@code false} if it is of no use to go on. */
    private boolean ask(String question) {
        UserMessage message = UserMessage.from(question);
        ChatRequest request = ChatRequest.builder()
                .messages(Stream.concat(memory.messages().stream(), Stream.of(message))
                        .toList())
                .build();
        Turn turn = new Turn(screen);
        StreamingHandle handle = model.start(request, turn);
        Turn.Outcome outcome = screen.interruptible(() -> stop(handle, turn), turn::await);
        if (outcome.response() != null) {
            // Only what was answered is remembered: a turn that failed leaves nothing behind.
            memory.add(message, outcome.response().aiMessage());
        }
        failed |= outcome.error() != null;
        return !(outcome.error() instanceof InvalidApiKeyException);
    }

    private void showWire() {
        SentRequest last = lastRequest;
        screen.line(
                last == null
                        ? Words.of("Nothing has been sent yet.", "还没有发送过请求。")
                        : last.method() + " " + last.uri() + "\n" + last.headers() + "\n" + last.body());
    }

    private static void stop(StreamingHandle handle, Turn turn) {
        handle.cancel();
        turn.stopped();
    }
}

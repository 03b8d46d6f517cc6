package io.github.deepthink4j.samples.agent;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolExecutor;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.agent.routing.ToolRoutingStreamingChatModel;
import io.github.deepthink4j.agent.routing.ToolStrategy;
import io.github.deepthink4j.error.InvalidApiKeyException;
import io.github.deepthink4j.memory.ReasoningChatMemory;
import io.github.deepthink4j.model.CancellableStreamingChatModel;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.model.SentRequest;
import io.github.deepthink4j.samples.agent.screen.CleanText;
import io.github.deepthink4j.samples.agent.screen.Commands;
import io.github.deepthink4j.samples.agent.screen.Screen;
import io.github.deepthink4j.samples.agent.screen.Transcript;
import io.github.deepthink4j.samples.agent.screen.Words;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Question after question: a reasoner plans and answers, a tool caller looks things up, and a person confirms what is done. */
final class Agent implements StepListener {

    private static final int REMEMBERED_TURNS = 20;

    /** A refund takes three. A model that calls the same tool again and again would cost a hundred rounds, LangChain4j's limit. */
    static final int ROUNDS = 10;

    private static final String WAITS_FOR_A_PERSON = "refundOrder";

    private final Screen screen;
    private final Settings settings;
    private final Transcript transcript = new Transcript();
    private final Spending spending;
    private final Map<ToolSpecification, ToolExecutor> tools;
    private Choices choices;
    private CancellableStreamingChatModel model;
    private ChatMemory memory = ReasoningChatMemory.withMaxTurns(REMEMBERED_TURNS);

    private final Wire wire = new Wire();
    private volatile Turn turn;
    private boolean failed;
    private boolean refused;

    Agent(Screen screen, Settings settings, Object tools, Duration toolLimit) {
        this.screen = screen;
        this.settings = settings;
        this.spending = new Spending(settings.simulated());
        this.turn = new Turn(screen, spending);
        this.tools = LimitedTool.of(tools, toolLimit, Set.of(WAITS_FOR_A_PERSON));
        choose(Choices.of(settings.reasoner().name()));
    }

    /** They are about the reasoner; the tool caller stays as it is. */
    private void choose(Choices chosen) {
        model = ToolRoutingStreamingChatModel.builder()
                .reasoner(chosen.applyTo(model(settings.reasoner(), wire::toReasoner))
                        .build())
                .toolCaller(model(settings.toolCaller(), wire::toToolCaller).build())
                .strategy(settings.planning() ? ToolStrategy.PLAN_CALL_ANSWER : ToolStrategy.ROUTE)
                .stepListener(this)
                .build();
        choices = chosen;
    }

    private SupportAgent service(Stoppable stoppable, ChatMemory questionsMemory) {
        return AiServices.builder(SupportAgent.class)
                .streamingChatModel(stoppable)
                .chatMemory(questionsMemory)
                .maxToolCallingRoundTrips(ROUNDS)
                .tools(stoppable.whileItRuns(tools))
                .toolArgumentsErrorHandler(LimitedTool::badArguments)
                .toolExecutionErrorHandler(LimitedTool::failed)
                .hallucinatedToolNameStrategy(call -> ToolExecutionResultMessage.from(
                        call, "There is no tool " + call.name() + ". Use the ones there are."))
                .build();
    }

    private DeepSeekStreamingChatModel.Builder model(Settings.Model model, Consumer<SentRequest> listener) {
        return DeepSeekStreamingChatModel.builder()
                .baseUrl(model.baseUrl())
                .apiKey(model.apiKey())
                .modelName(model.name())
                .pricing(spending.prices())
                .requestListener(listener);
    }

    /** Until the input ends; the exit code. A script is told if one of its questions was not answered. */
    int run() {
        screen.line(Words.of(
                "Ask about an order, a customer's orders, stock or a refund, such as: Where is order 1022? /wire shows"
                        + " what was sent, /memory what is kept, /help the rest; Ctrl-C stops an answer, Ctrl-D ends.",
                "可以问订单、某位顾客的订单、库存或退款，例如：订单 1022 到哪了？/wire 显示发送的请求，/memory 显示记住的内容，"
                        + "/help 列出其余命令；Ctrl-C 停止回答，Ctrl-D 结束。"));
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
                .add(
                        "/wire",
                        Words.of("the last request to each model as it was sent", "发给每个模型的上一个请求的原样"),
                        () -> wire.show(screen))
                .add("/memory", Words.of("what is kept", "记住了什么"), () -> screen.line(remembered()))
                .add("/forget", Words.of("begin anew", "重新开始"), this::forget)
                .add(
                        "/save",
                        "FILE",
                        Words.of("write the conversation to a new file", "把对话写入新文件"),
                        name -> screen.line(transcript.save(name)));
        Choices.addCommands(commands, screen, Choices.of(settings.reasoner().name()), () -> choices, this::choose);
        return commands;
    }

    private void forget() {
        memory.clear();
        transcript.clear();
        spending.forget();
        screen.note(Words.of("forgotten", "已忘记"));
    }

    private int exitCode() {
        return failed && !screen.isTerminal() ? 1 : 0;
    }

    private String remembered() {
        List<String> lines = memory.messages().stream()
                .map(Agent::line)
                .filter(line -> !line.isEmpty())
                .toList();
        return lines.isEmpty()
                ? Words.of(
                        "Nothing is kept yet, and at most " + REMEMBERED_TURNS + " turns will be.",
                        "还没有记住任何内容；最多记住 " + REMEMBERED_TURNS + " 轮。")
                : Words.of("Kept, at most " + REMEMBERED_TURNS + " turns:", "记住的内容，最多 " + REMEMBERED_TURNS + " 轮：")
                        + "\n  " + String.join("\n  ", lines);
    }

    private static String line(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return Words.of("you:   ", "你：   ") + CleanText.inOneLine(user.singleText());
        }
        if (message instanceof AiMessage ai) {
            return ai.hasToolExecutionRequests()
                    ? Words.of("calls: ", "调用： ")
                            + ai.toolExecutionRequests().stream()
                                    .map(LimitedTool::shown)
                                    .map(CleanText::inOneLine)
                                    .collect(Collectors.joining(", "))
                    : Words.of("model: ", "模型： ") + CleanText.inOneLine(ai.text());
        }
        return message instanceof ToolExecutionResultMessage result
                ? Words.of("tool:  ", "工具： ") + CleanText.inOneLine(result.text())
                : "";
    }

    /** {@code false} if it is of no use to go on. */
    private boolean ask(String question) {
        Turn now = new Turn(screen, spending);
        turn = now;
        // A question that gets no answer is not part of the next one, nor is what its tools still say after a stop.
        ChatMemory questionsMemory = ReasoningChatMemory.withMaxTurns(REMEMBERED_TURNS);
        questionsMemory.add(memory.messages());
        Stoppable stoppable = new Stoppable(model);
        SupportAgent service = service(stoppable, questionsMemory);
        Turn.Outcome outcome = screen.interruptible(
                () -> {
                    stoppable.stop();
                    now.stop();
                },
                () -> {
                    try {
                        now.listenTo(service.answer(question));
                    } catch (LangChain4jException | IllegalArgumentException e) {
                        // It was refused before it was sent, such as an effort that the model does not know.
                        now.failed(e);
                    }
                    return now.await();
                });
        if (outcome == Turn.Outcome.ANSWERED) {
            memory = questionsMemory;
            transcript.add(question, now.thought(), now.answer());
        }
        if (outcome == Turn.Outcome.FAILED) {
            failed = true;
            choices.hint(now.error(), Choices.of(settings.reasoner().name())).ifPresent(screen::note);
        }
        refused = outcome == Turn.Outcome.FAILED && now.error() instanceof InvalidApiKeyException;
        return !refused;
    }

    @Override
    public void onStart(StepKind kind, String part, String modelName) {
        turn.onStart(kind, part, modelName);
    }

    @Override
    public void onEnd(Step step, ChatResponse response) {
        turn.onEnd(step, response);
    }
}

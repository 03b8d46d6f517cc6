package io.github.deepthink4j.samples.rag.research;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.agent.Step;
import io.github.deepthink4j.agent.StepKind;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.model.CancellableStreamingChatModel;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.answer.AnswerText;
import io.github.deepthink4j.samples.rag.evidence.ModelCheck;
import io.github.deepthink4j.samples.rag.retrieval.NotInTheseDocumentsException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;

/** One question: rounds of calls, until the models call nothing any more or a limit is reached, and the answer. */
final class ResearchRun implements StepListener {

    /** More calls than these are not made in one round. */
    private static final int CALLS = 8;

    /** Characters of a call or a result on the screen. */
    private static final int SHOWN = 300;

    /** A model that gets nothing new in so many rounds, one after the other, gets nothing new in the next one either. */
    private static final int IDLE_ROUNDS = 2;

    private final CancellableStreamingChatModel model;
    private final ReadPassages read;
    private final Toolbox tools;
    private final Spent spent;
    private final Optional<ModelCheck> modelCheck;
    private final AnswerListener listener;
    private final StringBuilder thoughts = new StringBuilder();
    private int rounds;
    private int idle;

    private final Object stopping = new Object();
    private boolean stopped;
    private Thread working;
    private volatile RoundStream stream;

    /** @param model whose steps are told to the listener that it is made for */
    ResearchRun(
            Function<StepListener, CancellableStreamingChatModel> model,
            ReadPassages read,
            Toolbox tools,
            Spent spent,
            Optional<ModelCheck> modelCheck,
            AnswerListener listener) {
        this.model = model.apply(this);
        this.read = read;
        this.tools = tools;
        this.spent = spent;
        this.modelCheck = modelCheck;
        this.listener = listener;
    }

    /**
     * @param conversation up to the question
     * @throws CancellationException if it was stopped
     */
    Answer answer(List<ChatMessage> conversation, String question) {
        List<ChatMessage> messages = new ArrayList<>(conversation);
        messages.add(UserMessage.from(question));
        Optional<String> over = Optional.empty();
        while (over.isEmpty()) {
            Optional<ChatResponse> response = say(question, messages, tools.specifications());
            if (response.isEmpty()) {
                return notFound(question);
            }
            AiMessage message = response.get().aiMessage();
            if (!message.hasToolExecutionRequests()) {
                return answered(message);
            }
            messages.add(message);
            messages.addAll(call(message.toolExecutionRequests()));
            over = over();
        }
        listener.aside(over.get()
                + Words.of(": no more is searched for, and the answer is made from what there is", "：不再检索，根据已有内容回答"));
        if (read.count() == 0) {
            return notFound(question);
        }
        messages.add(UserMessage.from(ResearchPrompts.over(question)));
        return answered(say(question, messages, List.of()).orElseThrow().aiMessage());
    }

    private Optional<ChatResponse> say(
            String question, List<ChatMessage> messages, List<ToolSpecification> specifications) {
        RoundStream round = new RoundStream(new AnswerText(question, read.numbered(), modelCheck, listener), listener);
        if (specifications.isEmpty()) {
            round.speaks(StepKind.ANSWER);
        }
        synchronized (stopping) {
            throwIfStopped();
            stream = round;
        }
        round.runsBy(model.start(
                ChatRequest.builder()
                        .messages(messages)
                        .toolSpecifications(specifications)
                        .build(),
                round));
        Optional<ChatResponse> response = round.await();
        response.map(whole -> whole.aiMessage().thinking()).ifPresent(thoughts::append);
        return response;
    }

    private List<ChatMessage> call(List<ToolExecutionRequest> requests) {
        List<ChatMessage> results = new ArrayList<>();
        boolean fresh = false;
        for (ToolExecutionRequest request : requests) {
            ToolResult result = results.size() < CALLS
                    ? call(request)
                    : ToolResult.refused(
                            "This was not called: no more than " + CALLS + " calls at once.",
                            "没有调用：一次最多 " + CALLS + " 个调用。");
            fresh |= result.fresh();
            results.add(ToolExecutionResultMessage.from(request, result.text()));
        }
        rounds++;
        idle = fresh ? 0 : idle + 1;
        return results;
    }

    private ToolResult call(ToolExecutionRequest request) {
        listener.step("-> " + shortened(Toolbox.shown(request)));
        ToolResult result = interruptible(() -> tools.call(request));
        listener.step("<- " + shortened(result.shown()));
        return result;
    }

    /** A model may have written any number of lines. */
    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + " ...";
    }

    /** Something that this thread does and that a stop interrupts. */
    private <T> T interruptible(Supplier<T> work) {
        synchronized (stopping) {
            throwIfStopped();
            working = Thread.currentThread();
        }
        try {
            return work.get();
        } finally {
            synchronized (stopping) {
                working = null;
                // Of a stop that came too late for the work.
                Thread.interrupted();
            }
            throwIfStopped();
        }
    }

    private Optional<String> over() {
        return idle >= IDLE_ROUNDS
                ? Optional.of(Words.of(idle + " rounds in a row have found nothing new", "连续 " + idle + " 轮没有新的发现"))
                : spent.usedUp(rounds);
    }

    private Answer notFound(String question) {
        String sentence = NotInTheseDocumentsException.sentence(question);
        listener.text(sentence);
        showRounds();
        listener.aside(
                Words.of("no passage was found, so the reasoner was not asked for an answer", "没有找到段落，所以没有让推理模型回答"));
        return Answer.notFound(sentence);
    }

    private Answer answered(AiMessage message) {
        if (message.text() == null || message.text().isBlank()) {
            throw new LangChain4jException(Words.of(
                    "The model said nothing. Ask again, or choose another model with /model.",
                    "模型没有回答。请再问一次，或用 /model 换一个模型。"));
        }
        Answer answer = interruptible(() -> stream.text().answer());
        showRounds();
        return answer;
    }

    private void showRounds() {
        listener.aside(Words.of(
                "research: " + rounds + (rounds == 1 ? " round, " : " rounds, ") + read.count()
                        + (read.count() == 1 ? " passage read" : " passages read"),
                "检索：" + rounds + " 轮，读了 " + read.count() + " 个段落"));
    }

    String thoughts() {
        return thoughts.toString();
    }

    int rounds() {
        return rounds;
    }

    /** Nothing more is asked or called. */
    void stop() {
        synchronized (stopping) {
            stopped = true;
            if (stream != null) {
                stream.stop();
            }
            if (working != null) {
                working.interrupt();
            }
        }
    }

    private void throwIfStopped() {
        synchronized (stopping) {
            if (!stopped) {
                return;
            }
            throw new CancellationException("stopped");
        }
    }

    @Override
    public void onStart(StepKind kind, String part, String modelName) {
        stream.speaks(kind);
    }

    /** A reasoner that would say that nothing was found is not paid for that. */
    @Override
    public void onEnd(Step step, ChatResponse response) {
        spent.add(step);
        boolean callsNothing = response != null && !response.aiMessage().hasToolExecutionRequests();
        if (step.kind() == StepKind.CALL && callsNothing && read.count() == 0) {
            stream.endWithoutAnswer();
        }
    }
}

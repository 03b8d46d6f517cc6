package io.github.deepthink4j.samples.rag.research;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.rag.content.aggregator.ContentAggregator;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import io.github.deepthink4j.agent.StepListener;
import io.github.deepthink4j.model.CancellableStreamingChatModel;
import io.github.deepthink4j.price.Cost;
import io.github.deepthink4j.samples.rag.answer.Answer;
import io.github.deepthink4j.samples.rag.answer.AnswerListener;
import io.github.deepthink4j.samples.rag.answer.Answering;
import io.github.deepthink4j.samples.rag.answer.Citations;
import io.github.deepthink4j.samples.rag.answer.LeftOut;
import io.github.deepthink4j.samples.rag.evidence.ModelCheck;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Question after question, each of which the models look into with tools of their own: what one passage names they can search for in
 * turn, which a single search for the words of the question can't. The memory gets question and answer, as in a plain conversation.
 */
public final class Research implements Answering {

    /**
     * What is searched, and by whom.
     *
     * @param documents  finds passages of the index
     * @param web        finds pages; empty where nobody wants that
     * @param sections   of the same index
     * @param aggregator of what each call has found
     * @param model      of a reasoner and a tool caller, whose steps are told to this listener
     * @param modelCheck of what the answer cites; empty for the rules alone
     * @param cost       of the question that is being asked, up to now
     */
    public record Means(
            ContentRetriever documents,
            Optional<ContentRetriever> web,
            Sections sections,
            ContentAggregator aggregator,
            Function<StepListener, CancellableStreamingChatModel> model,
            Optional<ModelCheck> modelCheck,
            Supplier<Cost> cost) {}

    private final Means means;
    private final ResearchLimits limits;
    private final ChatMemory memory;
    private LeftOut leftOut = LeftOut.NOTHING;
    private LeftOut leftOutOfLast = LeftOut.NOTHING;
    private int rounds;

    private final Object stopping = new Object();
    private ResearchRun running;

    public Research(Means means, ResearchLimits limits, ChatMemory memory) {
        this.means = means;
        this.limits = limits;
        this.memory = memory;
    }

    @Override
    public Answer ask(String question, AnswerListener listener) {
        ReadPassages read = new ReadPassages();
        ResearchRun run = new ResearchRun(
                means.model(),
                read,
                new Toolbox(tools(read)),
                new Spent(limits, means.cost()),
                means.modelCheck(),
                listener);
        synchronized (stopping) {
            running = run;
        }
        try {
            Answer answer = run.answer(conversation(question), question);
            leftOutOfLast = leftOut;
            leftOut = leftOut.and(question, question + texts(answer), run.thoughts());
            memory.add(UserMessage.from(question));
            memory.add(AiMessage.from(Citations.withFiles(answer.text(), answer.passages())));
            rounds += run.rounds();
            return answer;
        } finally {
            synchronized (stopping) {
                running = null;
            }
        }
    }

    private List<ResearchTool> tools(ReadPassages read) {
        List<ResearchTool> tools = new ArrayList<>();
        tools.add(SearchTool.documents(means.documents(), means.aggregator(), read));
        tools.add(new SectionTool(means.sections(), means.aggregator(), read));
        tools.add(new FilesTool(means.sections()));
        means.web().ifPresent(web -> tools.add(SearchTool.web(web, means.aggregator(), read)));
        return tools;
    }

    private List<ChatMessage> conversation(String question) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(SystemMessage.from(ResearchPrompts.instructions(Answering.firstQuestion(memory, question))));
        messages.addAll(memory.messages());
        return messages;
    }

    private static String texts(Answer answer) {
        return answer.passages().stream().map(Passage::text).collect(Collectors.joining());
    }

    @Override
    public void stop() {
        synchronized (stopping) {
            if (running != null) {
                running.stop();
            }
        }
    }

    @Override
    public void forget() {
        memory.clear();
        leftOut = LeftOut.NOTHING;
    }

    @Override
    public LeftOut leftOut() {
        return leftOutOfLast;
    }

    /** Of calls, of all questions that were answered. */
    public int rounds() {
        return rounds;
    }
}

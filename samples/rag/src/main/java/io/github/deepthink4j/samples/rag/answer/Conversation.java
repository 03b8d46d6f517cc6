package io.github.deepthink4j.samples.rag.answer;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.query.Metadata;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.samples.rag.evidence.ModelCheck;
import io.github.deepthink4j.samples.rag.evidence.RuleCheck;
import io.github.deepthink4j.samples.rag.retrieval.NotInTheseDocumentsException;
import io.github.deepthink4j.samples.rag.retrieval.Passage;
import io.github.deepthink4j.samples.rag.retrieval.PassageInjector;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Question after question. The memory gets the question as it was asked and the answer; the passages are found anew for
 * each question, and a thought has served its purpose when the answer is there. A turn that fails leaves nothing behind.
 */
public final class Conversation implements Answering {

    private final RetrievalAugmentor augmentor;
    private final Supplier<DeepSeekStreamingChatModel> reasoner;
    private final ChatMemory memory;
    private final ModelCheck modelCheck;
    private LeftOut leftOut = LeftOut.NOTHING;
    private LeftOut leftOutOfLast = LeftOut.NOTHING;

    private final Object stopping = new Object();
    private Runnable stop = () -> {};

    /** @param reasoner may be another one for each question */
    public Conversation(
            RetrievalAugmentor augmentor, Supplier<DeepSeekStreamingChatModel> reasoner, ChatMemory memory) {
        this(augmentor, reasoner, memory, null);
    }

    /**
     * @param reasoner   may be another one for each question
     * @param modelCheck looks at the sentences before they are passed on, after the rules have; {@code null} for the rules alone
     */
    public Conversation(
            RetrievalAugmentor augmentor,
            Supplier<DeepSeekStreamingChatModel> reasoner,
            ChatMemory memory,
            ModelCheck modelCheck) {
        this.augmentor = augmentor;
        this.reasoner = reasoner;
        this.memory = memory;
        this.modelCheck = modelCheck;
    }

    /**
     * Answers a question, or says without asking anybody that no passage is about it.
     *
     * @throws CancellationException if {@link #stop()} was called meanwhile
     */
    @Override
    public Answer ask(String question, AnswerListener listener) {
        UserMessage asked = UserMessage.from(question);
        Thread thread = Thread.currentThread();
        onStop(thread::interrupt);
        try {
            return answer(asked, augmented(asked), listener);
        } catch (NotInTheseDocumentsException e) {
            remember(asked, AiMessage.from(e.getMessage()));
            listener.text(e.getMessage());
            return Answer.notAsked(e.getMessage());
        } finally {
            onStop(() -> {});
            Thread.interrupted();
        }
    }

    /** With several retrievers, what one of them throws comes as that of a future. */
    private AugmentationResult augmented(UserMessage asked) {
        try {
            return augmentor.augment(
                    new AugmentationRequest(asked, Metadata.from(asked, memory.id(), memory.messages())));
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Answer answer(UserMessage asked, AugmentationResult augmented, AnswerListener listener) {
        List<Passage> passages = Passage.numbered(augmented.contents());
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(
                SystemMessage.from(PassageInjector.instructions(Answering.firstQuestion(memory, asked.singleText()))));
        messages.addAll(memory.messages());
        messages.add(augmented.chatMessage());

        if (Thread.interrupted()) {
            throw new CancellationException("stopped before the reasoner was asked");
        }
        RuleCheck rules = new RuleCheck(asked.singleText(), passages);
        AnswerStream stream = new AnswerStream(passages.size(), rules::objection, modelCheck != null, listener);
        StreamingHandle handle =
                reasoner.get().start(ChatRequest.builder().messages(messages).build(), stream);
        onStop(() -> {
            handle.cancel();
            stream.stop();
        });
        ChatResponse response = stream.await();
        checkThatItAnswers(response.aiMessage());

        List<MarkedSentence> sentences = checked(stream, passages, listener);
        leftOutOfLast = leftOut;
        remember(asked, remembered(response.aiMessage(), passages));
        leftOut = leftOut.and(
                asked.singleText(),
                ((UserMessage) augmented.chatMessage()).singleText(),
                response.aiMessage().thinking());
        return Answer.of(stream, passages, sentences);
    }

    private List<MarkedSentence> checked(AnswerStream stream, List<Passage> passages, AnswerListener listener) {
        List<MarkedSentence> sentences = stream.sentences();
        if (modelCheck == null) {
            return sentences;
        }
        onStop(Thread.currentThread()::interrupt);
        List<MarkedSentence> checked = SecondLook.at(sentences, passages, modelCheck, listener::note);
        stream.passOn(checked);
        return checked;
    }

    /** No question here has tools; a server may answer with calls all the same, and with nothing else. */
    private static void checkThatItAnswers(AiMessage answer) {
        if (answer.text() == null || answer.text().isBlank()) {
            boolean calls = answer.hasToolExecutionRequests();
            throw new LangChain4jException(Words.of(
                    "The model said nothing" + (calls ? ", but called a tool, and there is none here" : "")
                            + ". Ask again, or choose another model with /model.",
                    "模型没有回答" + (calls ? "，只调用了工具，而这里没有工具" : "") + "。请再问一次，或用 /model 换一个模型。"));
        }
    }

    /** What is kept of the thought is the memory's business; with the rules of any generation, here, it is nothing. */
    private static AiMessage remembered(AiMessage answer, List<Passage> passages) {
        return answer.toBuilder()
                .text(Citations.withFiles(answer.text(), passages))
                .toolExecutionRequests(List.of())
                .build();
    }

    private void remember(UserMessage question, AiMessage answer) {
        memory.add(question);
        memory.add(answer);
    }

    @Override
    public void stop() {
        synchronized (stopping) {
            stop.run();
        }
    }

    private void onStop(Runnable action) {
        synchronized (stopping) {
            stop = action;
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
}

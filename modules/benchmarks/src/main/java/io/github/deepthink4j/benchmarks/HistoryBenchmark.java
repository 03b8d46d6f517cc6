package io.github.deepthink4j.benchmarks;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import io.github.deepthink4j.benchmarks.growth.Turns;
import io.github.deepthink4j.internal.request.HistoryShaper;
import io.github.deepthink4j.internal.request.Options;
import io.github.deepthink4j.internal.request.RequestDraft;
import io.github.deepthink4j.internal.request.ShapedHistory;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A conversation with tool rounds and thoughts, shaped for the model that it goes to. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HistoryBenchmark {

    @Param({"10", "1000"})
    public int messages;

    /** A model that wants reasoning back, and one that refuses it and all tools. */
    @Param({"deepseek-v4-flash", "deepseek-reasoner"})
    public String model;

    private ModelProfile profile;
    private RequestDraft draft;

    @Setup
    public void converse() {
        List<ChatMessage> history = new ArrayList<>(Turns.messages(messages));
        history.add(UserMessage.from("And now?"));
        profile = model.equals("deepseek-reasoner") ? ModelProfile.R1 : ModelProfile.V4_FLASH;
        draft = new RequestDraft(
                history,
                ChatRequestParameters.builder()
                        .modelName(model)
                        .toolSpecifications(
                                ToolSpecification.builder().name("findOrder").build())
                        .build(),
                Options.NONE,
                false);
    }

    @Benchmark
    public ShapedHistory shape() {
        return HistoryShaper.shape(profile, draft);
    }
}

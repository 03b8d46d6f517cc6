package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.screen.Screen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ask",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Answers questions from the documents, and says where each answer stands.")
final class AskCommand implements Callable<Integer> {

    @Mixin
    private IndexOptions index;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ResearchOptions research;

    @Option(
            names = "--web",
            description = {
                "look on the web too, by DeepSeek's search: each question goes there and is billed as a search;",
                "without a key there is no web"
            })
    private boolean web;

    @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "one question; without it, as many as you like")
    private List<String> question = List.of();

    private final Screen screen;
    private final Map<String, String> environment;
    private final Duration pace;

    AskCommand(Screen screen, Map<String, String> environment, Duration pace) {
        this.screen = screen;
        this.environment = environment;
        this.pace = pace;
    }

    @Override
    public Integer call() throws IOException {
        research.check();
        try (Session session = new Session(environment, index, model, pace, web)) {
            screen.line(session.answeredBy());
            Dialogue dialogue = new Dialogue(
                    screen, session, research.on ? session.research(research.limits()) : session.conversation());
            return question.isEmpty() ? dialogue.run() : dialogue.ask(String.join(" ", question));
        }
    }
}

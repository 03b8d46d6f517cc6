package io.github.deepthink4j.testkit.standalone;

import io.github.deepthink4j.testkit.DeepSeekRecorder;
import io.github.deepthink4j.testkit.recording.Redaction;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Records until the process is stopped. */
@Command(
        name = "record",
        description = "Passes requests on to the real API and saves the exchanges. The key is never saved.",
        mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {

    @Option(
            names = {"-p", "--port"},
            description = "The port to listen on; any that is free by default.")
    private int port;

    @Option(
            names = "--upstream",
            defaultValue = "https://api.deepseek.com",
            description = "${DEFAULT-VALUE} by default.")
    private String upstream = "";

    @Option(
            names = {"-d", "--into"},
            required = true,
            paramLabel = "FOLDER",
            description = "Where the exchanges are saved.")
    private Path folder = Path.of("");

    @Option(names = "--redact-field", description = "A field whose values are not saved; can be given several times.")
    private List<String> fields = List.of();

    @Option(names = "--redact-text", description = "A pattern of text that is not saved; can be given several times.")
    private List<String> patterns = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Redaction redaction = Redaction.none();
        for (String field : fields) {
            redaction = redaction.field(field);
        }
        for (String pattern : patterns) {
            redaction = redaction.text(pattern);
        }
        try (DeepSeekRecorder recorder =
                DeepSeekRecorder.of(upstream).port(port).into(folder).redacting(redaction)) {
            say(spec, "Recording " + upstream + " into " + folder + " at " + recorder.baseUrl());
            new CountDownLatch(1).await();
        }
        return 0;
    }

    static void say(@Nullable CommandSpec spec, String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
            spec.commandLine().getOut().flush();
        }
    }
}

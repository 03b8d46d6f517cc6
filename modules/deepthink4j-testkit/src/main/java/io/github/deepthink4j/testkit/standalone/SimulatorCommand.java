package io.github.deepthink4j.testkit.standalone;

import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Runs the simulator until the process is stopped. */
@Command(
        name = "deepthink4j-testkit",
        description = "Runs a local DeepSeek for clients in any language. It listens on 127.0.0.1 only.",
        mixinStandardHelpOptions = true,
        versionProvider = SimulatorCommand.Version.class)
final class SimulatorCommand implements Callable<Integer> {

    @Option(
            names = {"-p", "--port"},
            description = "The port to listen on; any that is free by default.")
    private int port;

    @Option(
            names = {"-g", "--generation"},
            converter = GenerationConverter.class,
            description = "What is simulated, such as R1, V3_2 or V4_1; what the script says, or V4_1, by default.")
    private @Nullable Generation generation;

    @Option(
            names = {"-s", "--script"},
            paramLabel = "FILE.yaml",
            description = "What is answered; without it the built-in brain answers.")
    private @Nullable Path script;

    @Option(
            names = {"-r", "--replay"},
            paramLabel = "FOLDER",
            description = "Recordings to answer with.")
    private @Nullable Path recordings;

    @Option(
            names = "--strict",
            description = "Refuse also what DeepSeek would ignore, such as a temperature while thinking.")
    private boolean strict;

    @Option(
            names = "--pace",
            paramLabel = "TIME",
            description = "The pause between pieces, such as 30ms, where the script says none.")
    private @Nullable String pace;

    @Spec
    private @Nullable CommandSpec spec;

    /** By its name as a person writes it. */
    static final class GenerationConverter implements ITypeConverter<Generation> {

        @Override
        public Generation convert(String name) {
            try {
                return Generation.named(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    /** What the jar says. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = SimulatorCommand.class.getPackage().getImplementationVersion();
            return new String[] {"deepthink4j-testkit " + (version == null ? "(not from its jar)" : version)};
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        ScriptFile file = script == null ? null : ScriptFile.read(script);
        DeepSeekSimulator.Builder builder =
                DeepSeekSimulator.builder().port(port).strict(strict);
        if (generation != null) {
            builder.generation(generation);
        } else if (file != null) {
            file.generation().ifPresent(builder::generation);
        }
        if (pace != null) {
            builder.pace(ScriptFile.duration("--pace", pace));
        }
        try (DeepSeekSimulator deepSeek = builder.build()) {
            if (recordings != null) {
                deepSeek.replay(recordings);
            }
            if (file != null) {
                file.applyTo(deepSeek);
            }
            RecordCommand.say(spec, "DeepSeek is simulated at " + deepSeek.baseUrl());
            new CountDownLatch(1).await();
        }
        return 0;
    }
}

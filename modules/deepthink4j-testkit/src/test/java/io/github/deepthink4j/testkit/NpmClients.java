package io.github.deepthink4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Runs a client of npm with a list of calls. */
final class NpmClients {

    private static final Path FOLDER = Path.of("src/test/npm");

    private final ArrayNode calls = Api.MAPPER.createArrayNode();

    /** Skips the test, with a word, where Node or the packages are missing. */
    static void assumeInstalled() {
        Assumptions.assumeTrue(
                Files.isDirectory(FOLDER.resolve("node_modules")),
                "the npm clients are not installed: run npm ci in " + FOLDER.toAbsolutePath());
        try {
            Assumptions.assumeTrue(
                    new ProcessBuilder("node", "--version").start().waitFor() == 0, "node does not run");
        } catch (IOException e) {
            Assumptions.abort("there is no node here: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param arguments of the method, as JSON would have them
     */
    NpmClients call(String name, String baseUrl, String key, String method, Object... arguments) {
        ArrayNode call = calls.addArray().add(name).add(baseUrl).add(key).add(method);
        for (Object argument : arguments) {
            call.addPOJO(argument);
        }
        return this;
    }

    /** The results by the names of the calls. */
    JsonNode run(String client) throws IOException, InterruptedException {
        Path input = Files.createTempFile("calls", ".json");
        Path errors = Files.createTempFile("errors", ".txt");
        try {
            Files.writeString(input, Api.MAPPER.writeValueAsString(calls));
            Process node = new ProcessBuilder("node", "run.mjs", client)
                    .directory(FOLDER.toFile())
                    .redirectInput(input.toFile())
                    .redirectError(errors.toFile())
                    .start();
            byte[] output = node.getInputStream().readAllBytes();
            if (node.waitFor() != 0) {
                throw new AssertionError(client + " has failed: " + Files.readString(errors));
            }
            return Api.MAPPER.readTree(output);
        } finally {
            Files.delete(input);
            Files.delete(errors);
        }
    }
}

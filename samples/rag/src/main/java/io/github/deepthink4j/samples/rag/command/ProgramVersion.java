package io.github.deepthink4j.samples.rag.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** What the pom says, which Maven writes into a resource. */
final class ProgramVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        try (InputStream version = ProgramVersion.class.getResourceAsStream("/version.txt")) {
            return new String[] {new String(version.readAllBytes(), StandardCharsets.UTF_8).strip()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

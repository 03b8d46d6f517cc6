package io.github.deepthink4j.internal.answer;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where real traffic may be found, beside the project; it is not part of it. */
public final class Recordings {

    private Recordings() {}

    public static Path folder(String name) {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            Path folder = place.resolve("shared/recordings").resolve(name);
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        return Assumptions.abort("no recordings beside the project: shared/recordings/" + name + " is missing");
    }
}

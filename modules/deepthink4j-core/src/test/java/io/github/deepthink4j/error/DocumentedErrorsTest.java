package io.github.deepthink4j.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import dev.langchain4j.exception.LangChain4jException;
import io.github.deepthink4j.docs.MainClasses;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/errors.md promises of each exception: its code, and what a caller of LangChain4j catches it as. */
class DocumentedErrorsTest {

    private static final Path PAGE = Path.of("../../docs/errors.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| (`[^|]+`) \\| `(\\w+)` \\|.*");
    private static final String HERE = DeepSeekError.class.getPackageName() + ".";
    private static final ErrorDetails DETAILS =
            ErrorDetails.custom().httpStatus(500).build();

    /** What to give to a constructor, by the type of its parameter. */
    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            String.class,
            "what happened",
            ErrorDetails.class,
            DETAILS,
            Throwable.class,
            new IOException("why"),
            Duration.class,
            Duration.ofSeconds(3),
            Integer.class,
            5,
            DeepSeekTimeoutException.Phase.class,
            DeepSeekTimeoutException.Phase.IDLE,
            ConnectionFailedException.Reason.class,
            ConnectionFailedException.Reason.TLS);

    private record Documented(String type, String codes, String caughtAs) {

        RuntimeException create() throws ReflectiveOperationException {
            Constructor<?> constructor = Class.forName(HERE + type).getConstructors()[0];
            Object[] arguments = Stream.of(constructor.getParameterTypes())
                    .map(ARGUMENTS::get)
                    .toArray();
            return (RuntimeException) constructor.newInstance(arguments);
        }
    }

    static List<Documented> documented() throws IOException {
        return Files.readAllLines(PAGE).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> new Documented(row.group(1), row.group(2), row.group(3)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documented")
    void should_be_caught_as_the_exception_of_langchain4j(Documented error) throws Exception {
        RuntimeException created = error.create();

        assertThat(created)
                .isInstanceOf(DeepSeekError.class)
                .isInstanceOf(LangChain4jException.class)
                .isInstanceOf(Class.forName("dev.langchain4j.exception." + error.caughtAs()))
                .hasMessage("what happened");
        assertThat(error.codes()).contains("`" + ((DeepSeekError) created).code() + "`");
        if (!(created instanceof TurnTooLongException)) {
            assertThat(((DeepSeekError) created).details()).isEqualTo(DETAILS);
            assertThat(created).hasRootCauseMessage("why");
        }
    }

    @ParameterizedTest
    @MethodSource("documented")
    void should_say_the_same_after_serialization_but_for_the_details(Documented error) throws Exception {
        RuntimeException created = error.create();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(created);
        }

        Object read = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

        assertThat(read).hasSameClassAs(created);
        assertThat((RuntimeException) read).hasMessage(created.getMessage());
        assertThat(((DeepSeekError) read).code()).isEqualTo(((DeepSeekError) created).code());
        assertThat(((DeepSeekError) read).details()).isEqualTo(ErrorDetails.NONE);
    }

    @Test
    void should_keep_what_one_of_them_knows_besides() {
        assertThat(new DeepSeekRateLimitException("m", DETAILS, null, 5, Duration.ofSeconds(3)).retryAfter())
                .hasValue(Duration.ofSeconds(3));
        assertThat(new ServerOverloadedException("m", DETAILS, null, Duration.ofSeconds(3)).retryAfter())
                .hasValue(Duration.ofSeconds(3));
        assertThat(new ServerOverloadedException("m", DETAILS, null, null).retryAfter())
                .isEmpty();
    }

    @Test
    void should_document_each_exception_that_users_see() throws IOException {
        List<String> types = MainClasses.of("io.github.deepthink4j").stream()
                .filter(type -> type.getPackageName().equals(DeepSeekError.class.getPackageName()))
                .filter(type -> type.isAssignableTo(Throwable.class))
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .toList();

        assertThat(documented()).extracting(Documented::type).containsExactlyInAnyOrderElementsOf(types);
    }
}

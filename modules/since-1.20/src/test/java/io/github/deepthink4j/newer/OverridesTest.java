package io.github.deepthink4j.newer;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * LangChain4j's defaults of its non-blocking methods fail. Ours know none of them, being compiled against 1.19, and take their
 * places at run time by name and types alone: a slip in either is found here.
 */
class OverridesTest {

    /** What every public class of ours overrides that implements the interface, with the methods that LangChain4j derives the rest from. */
    private static Stream<Method> overridden() throws NoSuchMethodException {
        return Stream.of(
                ChatModel.class.getMethod("chatAsync", ChatRequest.class),
                ChatModel.class.getMethod("doChatAsync", ChatRequest.class),
                StreamingChatModel.class.getMethod("chat", ChatRequest.class),
                StreamingChatModel.class.getMethod("doChat", ChatRequest.class),
                ChatMemory.class.getMethod("addAsync", List.class),
                ChatMemory.class.getMethod("setAsync", List.class),
                ChatMemory.class.getMethod("messagesAsync"));
    }

    static Stream<Arguments> overrides() throws NoSuchMethodException {
        List<Class<?>> ours = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages(
                                "io.github.deepthink4j.model",
                                "io.github.deepthink4j.memory",
                                "io.github.deepthink4j.agent")
                        .stream()
                        .filter(type -> type.isAssignableTo(ChatModel.class)
                                || type.isAssignableTo(StreamingChatModel.class)
                                || type.isAssignableTo(ChatMemory.class))
                        .<Class<?>>map(JavaClass::reflect)
                        .filter(type ->
                                Modifier.isPublic(type.getModifiers()) && !Modifier.isAbstract(type.getModifiers()))
                        .toList();
        return overridden()
                .flatMap(method -> ours.stream()
                        .filter(method.getDeclaringClass()::isAssignableFrom)
                        .map(type -> Arguments.of(Named.of(type.getName(), type), Named.of(method.getName(), method))));
    }

    @ParameterizedTest
    @MethodSource("overrides")
    void should_take_the_place_of_the_default_that_fails(Class<?> type, Method method) throws NoSuchMethodException {
        Method found = type.getMethod(method.getName(), method.getParameterTypes());

        assertThat(found.getDeclaringClass().getName()).startsWith("io.github.deepthink4j.");
        assertThat(found.getReturnType()).isEqualTo(method.getReturnType());
    }
}

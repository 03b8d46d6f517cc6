package io.github.deepthink4j.benchmarks.subject;

import java.util.Arrays;
import java.util.Locale;

/** The libraries that are compared. A new one is a class, a constant, and a line in {@link #at}. */
public enum Library {
    DEEPTHINK4J,
    DEEPTHINK4J_NETTY,
    DEEPTHINK4J_NETTY_LOOP,
    OPENAI_MODULE,
    SPRING_AI_JDK,
    SPRING_AI_NETTY,
    OPENAI_JAVA;

    /** What ratios are taken to. */
    public static final Library BASE = OPENAI_MODULE;

    /** As on the command line and in the report. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Library of(String label) {
        return Arrays.stream(values())
                .filter(library -> library.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no library is called " + label));
    }

    /** A switch, so that a cold JVM loads the classes of one library only. */
    public Subject at(String baseUrl) {
        return switch (this) {
            case DEEPTHINK4J -> new Deepthink4jSubject(baseUrl, null);
            case DEEPTHINK4J_NETTY -> NettySubjects.handingOver(baseUrl);
            case DEEPTHINK4J_NETTY_LOOP -> NettySubjects.onEventLoop(baseUrl);
            case OPENAI_MODULE -> new OpenAiModuleSubject(baseUrl);
            case SPRING_AI_JDK -> SpringAiSubject.onJdk(baseUrl);
            case SPRING_AI_NETTY -> SpringAiSubject.onNetty(baseUrl);
            case OPENAI_JAVA -> new OpenAiJavaSubject(baseUrl);
        };
    }
}

package io.github.deepthink4j.internal.http;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.github.deepthink4j.internal.log.SafeLog;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.slf4j.Logger;

class LoggedAnswerTest {

    private static final Secrets NONE = Secrets.of(URI.create("https://example.com"), Map.of(), null);

    private final Logger logger = mock();

    @Test
    void should_cut_an_endless_body_behind_a_whole_character_and_say_how_much_is_left_out() {
        LoggedAnswer answer = new LoggedAnswer(NONE, SafeLog.of(logger), mock(), 4);

        answer.onResponse(200, Map.of("x-request-id", List.of("r-1")));
        answer.onBytes(ByteBuffer.wrap("abc\ud83d\ude00\n".getBytes(StandardCharsets.UTF_8)));
        answer.onBytes(ByteBuffer.wrap("defg\n".getBytes(StandardCharsets.UTF_8)));
        answer.onComplete();
        answer.onComplete();

        verify(logger)
                .info(
                        ArgumentMatchers.startsWith("HTTP response:"),
                        ArgumentMatchers.eq(200),
                        ArgumentMatchers.eq("r-1"),
                        ArgumentMatchers.eq(Map.of("x-request-id", List.of("r-1"))),
                        ArgumentMatchers.eq("complete"),
                        ArgumentMatchers.eq("abc"),
                        ArgumentMatchers.eq("... (8 characters more)"));
    }
}

package io.github.deepthink4j.samples.agent.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.error.ConnectionFailedException;
import io.github.deepthink4j.error.ConnectionFailedException.Reason;
import io.github.deepthink4j.error.DeepSeekTimeoutException;
import io.github.deepthink4j.error.DeepSeekTimeoutException.Phase;
import io.github.deepthink4j.error.ErrorDetails;
import io.github.deepthink4j.error.StreamCutException;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.settings.RetryPolicy;
import io.github.deepthink4j.settings.Timeouts;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the library's own errors, so that a change of their words is seen here. */
class ChineseErrorsTest {

    private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]+ [a-z]+ [a-z]+");

    private static DeepSeekChatModel.Builder model(String baseUrl) {
        return DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey("sk-test")
                .modelName("deepseek-flash")
                .retryPolicy(RetryPolicy.NONE);
    }

    private static String said(String baseUrl) {
        return ChineseErrors.of(catchThrowable(() -> model(baseUrl).build().chat("Hello")))
                .orElseThrow();
    }

    private static String said(Answer answer) {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.onAnyMessage().reply(request -> answer);
            return said(deepSeek.baseUrl());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        401 | API key 没有被接受。请检查 key，以及它是否属于这个 base url。
        402 | 账户余额不足。请充值，或者换一个 key。
        404 | 服务器没有名为 deepseek-flash 的模型，或者没有这个接口。请检查模型名称和 base url。
        408 | 服务器不再等待这个请求。请再试一次，或者检查网络。
        422 | 服务器不接受这个请求，原样再发也会被拒绝。请换一种问法或设置。
        429 | 同一时间的请求太多。请稍后再试。也请少发一些并行的请求。
        500 | 服务器出错。请稍后再试。
        503 | 服务器过载。请稍后再试。
        """)
    void should_tell_a_refusal_in_chinese_with_the_servers_own_words(int status, String chinese) {
        assertThat(said(Answer.error(status, "No, since I say so")))
                .startsWith(chinese + "服务器的原话：“No, since I say so”。（HTTP " + status)
                .endsWith("）");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        This model's maximum context length is 65536 tokens | 对话超出了模型的上下文长度。请用 /forget 重新开始，或者少发一些内容。
        Content Exists Risk                                 | 内容被拒绝：这个问题没有得到回答。请换一种说法再问。
        """)
    void should_tell_what_a_bad_request_means(String servers, String chinese) {
        assertThat(said(Answer.error(400, servers))).startsWith(chinese).contains("“" + servers);
    }

    @Test
    void should_say_when_to_come_back() {
        assertThat(said(Answer.error(429, "Slower").header("Retry-After", "7"))).contains("请在 7 秒后再试。");
    }

    @ParameterizedTest
    @CsvSource({
        "RESET, '在回答之前断开了连接。请再试一次。'",
        "EMPTY_ANSWER, 模型结束了回答，却什么也没有说。请再试一次。",
        "BUDGET_EATEN, 输出 token 的上限已经用完，回答没有完成。请把问题分小，或者降低思考强度。",
        "GARBAGE_JSON, 收到的内容不是聊天接口的回答，无法读取。请检查 base url，以及中间的代理或网关；也可以再试一次。"
    })
    void should_tell_what_became_of_an_answer(Fault fault, String chinese) {
        assertThat(said(Answer.text("Yes.").fault(fault))).contains(chinese).doesNotContainPattern(ENGLISH);
    }

    @Test
    void should_tell_that_an_answer_was_cut() {
        StreamCutException cut =
                new StreamCutException("The answer broke off (no [DONE]). Try again.", ErrorDetails.NONE, null);

        assertThat(ChineseErrors.of(cut)).hasValue("回答在中途断了：连接中断，或者服务器中止了回答。已显示的内容不完整。请再试一次。");
        assertThat(ChineseErrors.of(new IllegalStateException("a part has failed", cut)))
                .as("what wraps it")
                .isEqualTo(ChineseErrors.of(cut));
    }

    @Test
    void should_name_the_server_that_cannot_be_reached() {
        assertThat(said("http://127.0.0.1:9/v1")).isEqualTo("连接不上 127.0.0.1:9：那里没有程序在监听。请检查 base url。");
        assertThat(said("http://no-such-host.invalid/v1")).isEqualTo("找不到主机 no-such-host.invalid。请检查 base url 和网络。");
    }

    @Test
    void should_tell_that_a_server_is_silent() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.onAnyMessage().reply(request -> Answer.text("Yes.").fault(Fault.STALL_BEFORE_HEADERS));
            DeepSeekChatModel impatient = model(deepSeek.baseUrl())
                    .timeouts(
                            Timeouts.custom().firstByte(Duration.ofMillis(200)).build())
                    .build();

            Throwable late = catchThrowable(() -> impatient.chat("Hello"));

            assertThat(ChineseErrors.of(late).orElseThrow())
                    .contains("127.0.0.1:")
                    .endsWith("没有在限定时间内开始回答。请再试一次，或者检查网络。");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        REFUSED      | Nothing listens at the proxy 127.0.0.1:9. Check the proxy, through which a.example is reached. | 连接不上代理 127.0.0.1:9。请检查代理。
        UNKNOWN_HOST | There is no host of the proxy p.example:3128. Check the proxy, through which a.example is reached. | 找不到代理 p.example:3128 的主机。请检查代理。
        REFUSED      | The proxy p.example:3128 did not let the request through to a.example: it answered with status 407, since it wants to know who asks. | 代理 p.example:3128 没有放行这个请求，返回的状态是 407。它要求用户名和密码。请检查代理的规则。
        REFUSED      | The proxy p.example:3128 did not let the request through to a.example: it answered with status 403. | 代理 p.example:3128 没有放行这个请求，返回的状态是 403。请检查代理的规则。
        TLS          | No secure connection to a.example came about through the proxy p.example:3128. | 无法与 a.example 建立安全连接。请检查 base url、证书和代理。
        RESET        | a.example, or the proxy p.example:3128 on the way to it, hung up before it answered. | a.example 在回答之前断开了连接。请再试一次。
        UNKNOWN_HOST | There is no host a.example. The SOCKS proxy 127.0.0.1:1080 is set, and Java's HTTP client goes through no SOCKS proxy: set an HTTP proxy. | 找不到主机 a.example。请检查 base url 和网络。设置了 SOCKS 代理 127.0.0.1:1080，而 Java 的 HTTP 客户端不使用 SOCKS 代理：请设置 HTTP 代理。
        OTHER        | The request to a.example has failed: SocketException. See the cause. | 发往 a.example 的请求失败了（SocketException）。请检查网络。
        CLOSED       | The model was closed while this call ran. | 程序正在结束，请求没有完成。
        """)
    void should_tell_what_is_wrong_on_the_way(Reason reason, String english, String chinese) {
        assertThat(ChineseErrors.of(new ConnectionFailedException(english, ErrorDetails.NONE, null, reason)))
                .hasValue(chinese);
    }

    @Test
    void should_name_the_proxy_that_does_not_answer() {
        DeepSeekTimeoutException late = new DeepSeekTimeoutException(
                "No connection to the proxy p.example:3128 within 10 seconds.", ErrorDetails.NONE, null, Phase.CONNECT);

        assertThat(ChineseErrors.of(late)).hasValue("没有能在限定时间内连接到代理 p.example:3128。请再试一次，或者检查网络。");
    }

    @Test
    void should_leave_to_others_what_is_none_of_the_librarys_or_is_chinese_already() {
        assertThat(ChineseErrors.of(new IllegalArgumentException("None."))).isEmpty();
        assertThat(ChineseErrors.of(new IllegalStateException("工具太多", cut()))).isEmpty();
        assertThat(ChineseErrors.of(new UnsupportedFeatureException("no images")))
                .hasValue("这个模型不支持所要求的功能，请求没有发送（no images）。");
    }

    private static Throwable cut() {
        return new StreamCutException("The answer broke off.", ErrorDetails.NONE, null);
    }
}

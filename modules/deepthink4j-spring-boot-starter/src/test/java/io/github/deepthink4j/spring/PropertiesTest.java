package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.model.chat.ChatModel;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.OtherReasoners;
import io.github.deepthink4j.profile.ReasoningDialect;
import io.github.deepthink4j.profile.ThinkingMode;
import io.github.deepthink4j.testkit.DeepSeekExtension;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.SimulatedRequest;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the properties do, seen by the server. */
class PropertiesTest {

    @RegisterExtension
    final DeepSeekExtension deepSeek = DeepSeekExtension.as(Generation.V4_1);

    private ApplicationContextRunner runner() {
        return Runners.withKey().withPropertyValues("deepthink4j.base-url=" + deepSeek.baseUrl());
    }

    /** Of a context with these properties, asked once. */
    private SimulatedRequest asked(String... properties) {
        deepSeek.onAnyMessage().answer("Hello");
        runner().withPropertyValues("deepthink4j.model-name=deepseek-flash")
                .withPropertyValues(properties)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(ChatModel.class).chat("Hi");
                });
        return deepSeek.lastRequest();
    }

    /** As a placeholder with an empty default is, {@code ${BASE_URL:}}; the builder of a model would refuse it. */
    @Test
    void should_take_an_empty_base_url_for_none() {
        Runners.withKey()
                .withPropertyValues("deepthink4j.base-url=${NO_SUCH_URL:}", "deepthink4j.model-name=deepseek-flash")
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(ChatModel.class));
    }

    @Test
    void should_think_or_not_as_the_property_says() {
        assertThat(asked("deepthink4j.thinking=off").thinking()).isFalse();
        assertThat(asked("deepthink4j.thinking=true").thinking()).isTrue();
        assertThat(asked("deepthink4j.thinking=model-default").body().has("thinking"))
                .isFalse();
    }

    @Test
    void should_send_what_the_properties_say() {
        JsonNode body = asked(
                        "deepthink4j.reasoning-effort=max",
                        "deepthink4j.max-output-tokens=77",
                        "deepthink4j.stop-sequences=END,FIN",
                        "deepthink4j.user-id=user-1",
                        "deepthink4j.custom-parameters.beam=3",
                        "deepthink4j.seed=4")
                .body();

        assertThat(body.path("reasoning_effort").asText()).isEqualTo("max");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(77);
        assertThat(body.path("stop").toString()).isEqualTo("[\"END\",\"FIN\"]");
        assertThat(body.path("beam").asInt()).isEqualTo(3);
        assertThat(body.path("seed").asInt()).isEqualTo(4);
        assertThat(body.toString()).contains("user-1");
    }

    @Test
    void should_name_tools_of_the_server_and_the_check_of_safety() {
        JsonNode body = asked("deepthink4j.server-tools=web-search,deepseek_read_url", "deepthink4j.safety-check=high")
                .body();

        assertThat(body.path("tools").findValuesAsText("type"))
                .containsExactly("deepseek_web_search", "deepseek_read_url");
    }

    @Test
    void should_limit_the_calls_of_a_user() {
        runner().withPropertyValues("deepthink4j.limit.at-most-per-user=2", "deepthink4j.limit.max-refusals=3")
                .run(context -> assertThat(context).hasNotFailed().hasBean("deepSeekCallLimit"));
        runner().withPropertyValues("deepthink4j.limit.at-most-per-user=0")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("atMostPerUser must be at least 1"));
    }

    @Test
    void should_send_headers_and_query_parameters() {
        SimulatedRequest request =
                asked("deepthink4j.custom-headers.X-Team=blue", "deepthink4j.custom-query-params.api-version=2");

        assertThat(request.headers()).containsEntry("x-team", "blue");
    }

    @Test
    void should_sample_as_the_properties_say_without_thinking() {
        JsonNode body = asked("deepthink4j.thinking=off", "deepthink4j.temperature=0.25", "deepthink4j.top-p=0.5")
                .body();

        assertThat(body.path("temperature").asDouble()).isEqualTo(0.25);
        assertThat(body.path("top_p").asDouble()).isEqualTo(0.5);
    }

    @Test
    void should_give_a_named_model_what_the_block_says_and_what_it_says_itself() {
        runner().withPropertyValues(
                        "deepthink4j.temperature=0.5",
                        "deepthink4j.timeouts.total=1m",
                        "deepthink4j.timeouts.idle=20s",
                        "deepthink4j.models.fast.model-name=deepseek-flash",
                        "deepthink4j.models.fast.thinking=off",
                        "deepthink4j.models.fast.timeouts.total=5s")
                .run(context -> {
                    ModelProperties fast = context.getBean(ModelBlocks.class).properties("fast");
                    assertThat(fast.getThinking()).isEqualTo(ThinkingMode.OFF);
                    assertThat(fast.getTemperature()).isEqualTo(0.5);
                    assertThat(fast.getTimeouts().getTotal()).hasSeconds(5);
                    assertThat(fast.getTimeouts().getIdle()).hasSeconds(20);
                    assertThat(fast.getBaseUrl()).isEqualTo(deepSeek.baseUrl());
                });
    }

    @Test
    void should_take_the_profile_and_the_dialect_by_name() {
        runner().withPropertyValues(
                        "deepthink4j.model-name=our-own", "deepthink4j.profile=V4_PRO", "deepthink4j.dialect=vllm")
                .run(context -> {
                    ModelProfile profile =
                            context.getBean(DeepSeekChatModel.class).profile();
                    assertThat(profile.name()).isEqualTo(ModelProfile.V4_PRO.name());
                    assertThat(profile.dialect()).isEqualTo(ReasoningDialect.VLLM);
                });
    }

    @Test
    void should_take_a_bean_for_a_profile() {
        ModelProfile ours = ModelProfile.from(ModelProfile.V4_1).name("ours").build();
        runner().withBean("ourProfile", ModelProfile.class, () -> ours)
                .withPropertyValues("deepthink4j.profile=ourProfile")
                .run(context -> assertThat(context.getBean(DeepSeekChatModel.class)
                                .profile()
                                .name())
                        .isEqualTo("ours"));
    }

    @Test
    void should_know_every_profile_and_dialect_of_the_library() throws IllegalAccessException {
        List<ModelProfile> profiles = constants(ModelProfile.class, ModelProfile.class);
        profiles.addAll(constants(OtherReasoners.class, ModelProfile.class));
        assertThat(NamedValues.PROFILES.all().stream().map(ModelProfile::name))
                .containsExactlyInAnyOrderElementsOf(
                        profiles.stream().map(ModelProfile::name).toList());
        assertThat(NamedValues.DIALECTS.all().stream().map(ReasoningDialect::name))
                .containsExactlyInAnyOrderElementsOf(constants(ReasoningDialect.class, ReasoningDialect.class).stream()
                        .map(ReasoningDialect::name)
                        .toList());
    }

    private static <T> List<T> constants(Class<?> holder, Class<T> type) throws IllegalAccessException {
        List<T> found = new ArrayList<>();
        for (Field field : holder.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == type) {
                found.add(type.cast(field.get(null)));
            }
        }
        return found;
    }

    @Test
    void should_let_a_customizer_have_the_last_word() {
        deepSeek.onAnyMessage().answer("Hello");
        runner().withPropertyValues("deepthink4j.max-output-tokens=77")
                .withBean(DeepSeekModelCustomizer.class, () -> (name, builder) -> builder.maxOutputTokens(5))
                .run(context -> context.getBean(ChatModel.class).chat("Hi"));

        assertThat(deepSeek.lastRequest().body().path("max_tokens").asInt()).isEqualTo(5);
    }
}

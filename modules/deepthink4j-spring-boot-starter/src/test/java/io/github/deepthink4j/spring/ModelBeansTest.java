package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.github.deepthink4j.agent.failover.FailoverChatModel;
import io.github.deepthink4j.agent.routing.ToolRoutingChatModel;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.cost.budget.Budget;
import io.github.deepthink4j.limit.CallLimit;
import io.github.deepthink4j.model.DeepSeekAccount;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekModelCatalog;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which beans there are, under which conditions. */
class ModelBeansTest {

    @Test
    void should_make_all_models_of_a_key_alone() {
        Runners.withKey().run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(ChatModel.class)).isInstanceOf(DeepSeekChatModel.class);
            assertThat(context.getBean(StreamingChatModel.class)).isInstanceOf(DeepSeekStreamingChatModel.class);
            assertThat(context).hasSingleBean(ReactiveDeepSeekChatModel.class);
            assertThat(context).hasSingleBean(DeepSeekModelCatalog.class);
            assertThat(context).hasSingleBean(DeepSeekAccount.class);
            assertThat(context.getBean(DeepSeekChatModel.class)
                            .defaultRequestParameters()
                            .modelName())
                    .isEqualTo("deepseek-flash");
        });
    }

    @Test
    void should_make_nothing_if_it_is_switched_off() {
        Runners.bare()
                .withPropertyValues("deepthink4j.enabled=false", "deepthink4j.no-such=1")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).doesNotHaveBean(ChatModel.class);
                    assertThat(context).doesNotHaveBean(StreamingChatModel.class);
                    assertThat(context).doesNotHaveBean(DeepSeekProperties.class);
                });
    }

    @Test
    void should_leave_the_place_to_models_of_the_application() {
        Runners.withKey().withUserConfiguration(OwnModels.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(Injected.class).chat()).isInstanceOf(OwnChatModel.class);
            assertThat(context.getBean(Injected.class).streaming()).isInstanceOf(OwnStreamingChatModel.class);
        });
    }

    @Test
    void should_leave_the_place_to_each_other_bean_of_the_application() {
        DeepSeekModelCatalog catalog = mock(DeepSeekModelCatalog.class);
        DeepSeekAccount account = mock(DeepSeekAccount.class);
        ReactiveDeepSeekChatModel reactive = mock(ReactiveDeepSeekChatModel.class);
        PriceList prices = PriceList.deepSeek();
        Budget money = Budget.builder("money").tokens(1_000).build();
        Budget tokens = Budget.builder("tokens").tokens(2_000).build();
        Object health = new Object();
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.budget.money=5",
                        "deepthink4j.budget.tokens=1000",
                        "deepthink4j.health.enabled=true",
                        "spring.main.allow-bean-definition-overriding=false")
                .withBean(DeepSeekModelCatalog.class, () -> catalog)
                .withBean(DeepSeekAccount.class, () -> account)
                .withBean(ReactiveDeepSeekChatModel.class, () -> reactive)
                .withBean(PriceList.class, () -> prices)
                .withBean("deepSeekMoneyBudget", Budget.class, () -> money)
                .withBean("deepSeekTokenBudget", Budget.class, () -> tokens)
                .withBean("deepSeekHealthIndicator", Object.class, () -> health)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(DeepSeekModelCatalog.class)).isSameAs(catalog);
                    assertThat(context.getBean(DeepSeekAccount.class)).isSameAs(account);
                    assertThat(context.getBean(ReactiveDeepSeekChatModel.class)).isSameAs(reactive);
                    assertThat(context.getBean(PriceList.class)).isSameAs(prices);
                    assertThat(context.getBean("deepSeekMoneyBudget")).isSameAs(money);
                    assertThat(context.getBean("deepSeekTokenBudget")).isSameAs(tokens);
                    assertThat(context.getBean("deepSeekHealthIndicator")).isSameAs(health);
                });
    }

    @Test
    void should_need_no_key_beside_a_model_of_the_application() {
        Runners.bare()
                .withUserConfiguration(OwnModels.class)
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(Injected.class)
                        .extracting(Injected::chat)
                        .isInstanceOf(OwnChatModel.class));
    }

    @Test
    void should_make_a_bean_of_each_named_model_for_its_qualifier() {
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.temperature=0.5",
                        "deepthink4j.models.fast.thinking=off",
                        "deepthink4j.models.thorough.model-name=deepseek-v4-pro",
                        "deepthink4j.models.thorough.reasoning-effort=max")
                .withUserConfiguration(TwoModels.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    TwoModels.Both both = context.getBean(TwoModels.Both.class);
                    DeepSeekChatModel fast = (DeepSeekChatModel) both.fast();
                    DeepSeekStreamingChatModel thorough = (DeepSeekStreamingChatModel) both.thorough();
                    assertThat(fast.defaultRequestParameters().modelName()).isEqualTo("deepseek-flash");
                    assertThat(fast.defaultRequestParameters().temperature()).isEqualTo(0.5);
                    assertThat(thorough.defaultRequestParameters().modelName()).isEqualTo("deepseek-v4-pro");
                    assertThat(thorough.defaultRequestParameters().reasoningEffort())
                            .isEqualTo("max");
                    assertThat(both.unqualified()).isSameAs(context.getBean("deepSeekChatModel"));
                    assertThat(context.getBean("fastChatModel")).isSameAs(fast);
                });
    }

    @Test
    void should_inject_the_primary_model_without_a_name() {
        Runners.withKey()
                .withPropertyValues("deepthink4j.models.fast.thinking=off", "deepthink4j.primary=fast")
                .run(context ->
                        assertThat(context.getBean(ChatModel.class)).isSameAs(context.getBean("fastChatModel")));
    }

    @Test
    void should_take_the_only_named_model_where_the_block_has_no_key() {
        Runners.bare()
                .withPropertyValues("deepthink4j.models.mine.api-key=" + Runners.KEY)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ChatModel.class)).isSameAs(context.getBean("mineChatModel"));
                });
    }

    @Test
    void should_build_a_failover_model_from_names() {
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.models.spare.base-url=http://gpu:8000/v1",
                        "deepthink4j.models.spare.model-name=deepseek-ai/DeepSeek-V4-Flash",
                        "deepthink4j.failover.parts=default,spare")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ChatModel.class)).isInstanceOf(FailoverChatModel.class);
                    assertThat(context.getBean(StreamingChatModel.class))
                            .isSameAs(context.getBean("failoverStreamingChatModel"));
                });
    }

    @Test
    void should_build_a_routing_model_over_a_failover_model() {
        Runners.withKey()
                .withPropertyValues(
                        "deepthink4j.models.spare.model-name=deepseek-v4-pro",
                        "deepthink4j.failover.parts=default,spare",
                        "deepthink4j.routing.reasoner=default",
                        "deepthink4j.routing.tool-caller=failover",
                        "deepthink4j.routing.strategy=plan-call-answer")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(ChatModel.class)).isInstanceOf(ToolRoutingChatModel.class);
                });
    }

    @Test
    void should_make_no_model_for_reactor_without_reactor() {
        Runners.withKey()
                .withClassLoader(new FilteredClassLoader("reactor.core", "io.github.deepthink4j.reactor"))
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context).hasSingleBean(DeepSeekChatModel.class);
                    assertThat(context).doesNotHaveBean("reactiveDeepSeekChatModel");
                });
    }

    @Test
    void should_work_without_agents_database_and_micrometer() {
        Runners.withKey()
                .withClassLoader(new FilteredClassLoader(
                        "io.github.deepthink4j.agent",
                        "io.github.deepthink4j.memory.jdbc",
                        "io.github.deepthink4j.micrometer",
                        "io.micrometer",
                        "dev.langchain4j.memory.chat"))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(DeepSeekChatModel.class));
    }

    @Test
    void should_close_the_models_with_the_context() {
        DeepSeekChatModel[] kept = new DeepSeekChatModel[1];
        Runners.withKey().run(context -> kept[0] = context.getBean(DeepSeekChatModel.class));

        assertThatThrownBy(() -> kept[0].chat("Hi")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void should_share_a_limit_between_the_blocking_and_the_streaming_model_of_a_name() {
        Runners.withKey().withPropertyValues("deepthink4j.limit.at-most=3").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean("deepSeekCallLimit", CallLimit.class).concurrency())
                    .isEqualTo(3);
        });
    }

    @Test
    void should_keep_the_limit_of_the_properties_beside_the_gates_of_a_customizer() {
        CallLimit own = CallLimit.atMost(1);
        AtomicReference<CallLimit> ofProperties = new AtomicReference<>();
        Queue<String> running = new ConcurrentLinkedQueue<>();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1).brain(request -> {
            running.add(ofProperties.get().running() + " " + own.running());
            return Answer.text("Hi");
        })) {
            Runners.withKey()
                    .withPropertyValues("deepthink4j.limit.at-most=3", "deepthink4j.base-url=" + deepSeek.baseUrl())
                    .withBean(DeepSeekModelCustomizer.class, () -> (name, builder) -> builder.gates(own))
                    .run(context -> {
                        ofProperties.set(context.getBean("deepSeekCallLimit", CallLimit.class));

                        assertThat(context.getBean(DeepSeekChatModel.class).chat("Hi"))
                                .isEqualTo("Hi");
                    });
        }
        assertThat(running).containsExactly("1 1");
    }

    @Test
    void should_refuse_to_start_without_a_key() {
        Runners.bare()
                .run(context -> assertThat(context)
                        .getFailure()
                        .isInstanceOf(BeanCreationException.class)
                        .rootCause()
                        .hasMessageContaining("apiKey is missing"));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoModels {

        record Both(ChatModel fast, StreamingChatModel thorough, ChatModel unqualified) {}

        @Bean
        Both both(
                @Qualifier("fast") ChatModel fast,
                @Qualifier("thorough") StreamingChatModel thorough,
                ChatModel unqualified) {
            return new Both(fast, thorough, unqualified);
        }
    }

    record Injected(ChatModel chat, StreamingChatModel streaming) {}

    @Configuration(proxyBeanMethods = false)
    static class OwnModels {

        @Bean
        ChatModel own() {
            return new OwnChatModel();
        }

        @Bean
        StreamingChatModel ownStreaming() {
            return new OwnStreamingChatModel();
        }

        @Bean
        Injected injected(ChatModel chat, StreamingChatModel streaming) {
            return new Injected(chat, streaming);
        }
    }

    private static final class OwnChatModel implements ChatModel {

        @Override
        public ChatResponse doChat(ChatRequest request) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class OwnStreamingChatModel implements StreamingChatModel {

        @Override
        public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
            throw new UnsupportedOperationException();
        }
    }
}

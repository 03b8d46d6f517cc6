package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.BeanWrapperImpl;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Each property there is, set to a value that works, with what it needs beside it: the context starts and has the value. */
class EachPropertyTest {

    /** A property and its value; behind a bar what else must be set. */
    private static final String VALUES = """
            base-url=http://127.0.0.1:9/v1
            model-name=deepseek-v4-pro
            api-key=sk-00000000000000000000000000000019
            enabled=true
            primary=fast | models.fast.thinking=off
            profile=V4_PRO
            dialect=vllm
            executor=ours
            ssl-bundle=ours
            thinking=off
            reasoning-effort=high
            max-output-tokens=77
            temperature=0.5
            top-p=0.5
            frequency-penalty=0.25
            presence-penalty=-0.25
            seed=4
            stop-sequences=END
            response-format=json
            strict-tools=true
            server-tools=web-search
            safety-check=high
            user-id=a user
            prompt-language=chinese
            parameter-check=warn
            lost-reasoning=empty
            custom-headers.X-Team=blue
            custom-parameters.beam=3
            custom-query-params.api-version=2
            log-requests=true
            log-responses=true
            fim.max-output-tokens=64
            fim.temperature=0.5
            fim.top-p=0.5
            fim.frequency-penalty=0.25
            fim.presence-penalty=-0.25
            fim.stop-sequences=END
            fim.echo=true
            fim.logprobs=3
            fim.empty-answers=true
            fim.custom-parameters.beam=3
            timeouts.connect=3s
            timeouts.first-byte=40s
            timeouts.idle=20s
            timeouts.total=2m
            retry.max-attempts=4
            retry.base-delay=100ms
            retry.max-delay=2s
            retry.max-retry-after=20s
            retry.jitter=0.5
            retry.retry-timeouts=true
            proxy.host=proxy.example
            proxy.port=8080 | proxy.host=proxy.example
            limit.at-most=5
            limit.at-most-per-user=2
            limit.adaptive=true
            limit.max-refusals=3
            limit.max-retry-after=10s
            limit.max-waiting=7 | limit.at-most=5
            limit.max-waiting-per-user=6 | limit.at-most=5
            limit.requests-per-minute=60
            limit.tokens-per-minute=100000
            models.fast.thinking=off
            failover.parts=default,fast | models.fast.thinking=off
            failover.on-empty-balance=true | models.fast.thinking=off, failover.parts[0]=default, failover.parts[1]=fast
            routing.reasoner=default | models.fast.thinking=off, routing.tool-caller=fast
            routing.tool-caller=fast | models.fast.thinking=off, routing.reasoner=default
            routing.strategy=plan-call-answer | models.fast.thinking=off, routing.reasoner=default, routing.tool-caller=fast
            routing.plan=false | models.fast.thinking=off, routing.reasoner=default, routing.tool-caller=fast
            routing.answer=false | models.fast.thinking=off, routing.reasoner=default, routing.tool-caller=fast
            memory.enabled=true
            memory.max-turns=3
            memory.max-messages=10
            memory.max-tokens=1000
            memory.fit-context-window=1000
            memory.has-tools=false | memory.max-turns=3
            memory.jdbc.enabled=false | memory.enabled=true
            memory.jdbc.create-tables=true | memory.enabled=true
            memory.jdbc.data-source=dataSource | memory.jdbc.create-tables=true
            memory.jdbc.schema=PUBLIC | memory.jdbc.create-tables=true
            memory.jdbc.conversation-table=talks | memory.jdbc.create-tables=true
            memory.jdbc.message-table=words | memory.jdbc.create-tables=true
            prices.enabled=false
            prices.currency=CNY
            prices.file=${prices}
            prices.also-for=gateway.example
            budget.money=5
            budget.tokens=100000
            budget.period=day | budget.tokens=100000
            budget.zone=Asia/Shanghai | budget.tokens=100000, budget.period=day
            budget.per-user=true | budget.tokens=100000
            budget.soft=true | budget.tokens=100000
            budget.unknown-costs-count-as=0.5 | budget.money=5
            budget.assumed-output-tokens=500 | budget.tokens=100000
            budget.reservations-expire-after=10m | budget.tokens=100000
            health.enabled=true
            health.check=balance | health.enabled=true
            health.cache=10s | health.enabled=true
            health.timeout=2s | health.enabled=true
            observations.enabled=false
            observations.content=true
            """;

    /** Maps and lists of the metadata, of which the table has one entry each. */
    private static final Set<String> OF_MANY =
            Set.of("custom-headers", "custom-parameters", "custom-query-params", "fim.custom-parameters", "models");

    @TempDir
    private static Path folder;

    static Stream<String> values() {
        return VALUES.lines();
    }

    private static ApplicationContextRunner runner() throws IOException {
        Path prices = folder.resolve("prices.json");
        try (InputStream list =
                EachPropertyTest.class.getResourceAsStream("/io/github/deepthink4j/cost/deepseek-prices.json")) {
            Files.write(prices, list.readAllBytes());
        }
        return Runners.withKey()
                .withPropertyValues("prices=" + prices)
                .withBean(SslBundleRegistrar.class, () -> bundles -> bundles.registerBundle("ours", bundle()))
                .withBean("ours", Executor.class, () -> Runnable::run)
                .withBean("dataSource", DataSource.class, EachPropertyTest::database);
    }

    private static SslBundle bundle() {
        try {
            SslBundle bundle = mock(SslBundle.class);
            when(bundle.createSslContext()).thenReturn(SSLContext.getDefault());
            return bundle;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:each-property");
        return database;
    }

    @ParameterizedTest
    @MethodSource("values")
    void should_take_it(String line) throws IOException {
        String[] parts = line.strip().split(" \\| ");
        String name = parts[0].substring(0, parts[0].indexOf('='));
        List<String> properties = new ArrayList<>(List.of("deepthink4j." + parts[0]));
        if (parts.length > 1) {
            for (String beside : parts[1].split(", ")) {
                properties.add("deepthink4j." + beside);
            }
        }

        runner().withPropertyValues(properties.toArray(String[]::new)).run(context -> {
            assertThat(context).hasNotFailed();
            if (OF_MANY.stream().noneMatch(map -> name.startsWith(map + "."))) {
                BeanWrapperImpl bound = new BeanWrapperImpl(context.getBean(DeepSeekProperties.class));
                Object value = bound.getPropertyValue(camelCase(name));
                String written = context.getEnvironment().getProperty("deepthink4j." + name);
                assertThat(value instanceof Path file ? file.toString() : value)
                        .isEqualTo(
                                value instanceof Path
                                        ? written
                                        : ApplicationConversionService.getSharedInstance()
                                                .convert(written, bound.getPropertyTypeDescriptor(camelCase(name))));
            }
        });
    }

    private static String camelCase(String name) {
        StringBuilder camels = new StringBuilder();
        for (String word : name.split("-")) {
            camels.append(camels.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camels.toString();
    }

    @Test
    void should_try_each_property_of_the_metadata() throws IOException {
        Set<String> tried = new TreeSet<>();
        values().forEach(line -> {
            String name = line.strip().substring(0, line.strip().indexOf('='));
            tried.add(OF_MANY.stream()
                    .filter(map -> name.startsWith(map + "."))
                    .findFirst()
                    .orElse(name));
        });
        Set<String> known = new TreeSet<>();
        try (InputStream in = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : new ObjectMapper().readTree(in).path("properties")) {
                known.add(property.path("name").asText().replace("deepthink4j.", ""));
            }
        }

        assertThat(tried).isEqualTo(known);
    }
}

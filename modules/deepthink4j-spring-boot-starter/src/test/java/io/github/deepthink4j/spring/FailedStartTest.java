package io.github.deepthink4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What an application prints that does not start, with Boot's own analyzers beside ours. */
@ExtendWith(OutputCaptureExtension.class)
class FailedStartTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--deepthink4j.temperature=1 | asks for a ChatModel with the qualifier 'fast'",
                "--deepthink4j.models.fast.retry.max-attempts=0 | The property deepthink4j.models.fast.retry.max-attempts can't be used",
                "--deepthink4j.models.fast.api-key=${NO_SUCH} | there is no value for ${NO_SUCH}",
                "--deepthink4j.primary=slow | there is no model 'slow'"
            })
    void should_print_what_to_do_and_no_stack_trace(String argument, String words, CapturedOutput output) {
        SpringApplication application = new SpringApplication(Asking.class);
        application.setWebApplicationType(WebApplicationType.NONE);

        assertThatThrownBy(() -> application.run("--deepthink4j.api-key=" + Runners.KEY, argument))
                .isInstanceOf(Exception.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", words)
                .doesNotContain("Application run failed")
                .doesNotContain(Runners.KEY);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DeepSeekAutoConfiguration.class)
    static class Asking {

        @Bean
        String name(@Qualifier("fast") ChatModel model) {
            return model.toString();
        }
    }
}

package io.github.deepthink4j.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromptLanguageTest {

    private static final ChatMessage ENGLISH_QUESTION = UserMessage.from("How is the weather in Munich?");
    private static final ChatMessage CHINESE_QUESTION = UserMessage.from("慕尼黑的天气怎么样？");

    private static PromptLanguage of(ChatMessage... messages) {
        return PromptLanguage.OF_CONVERSATION.in(List.of(messages));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.11和9.8哪个大?",
                "strawberry里有几个r?",
                "訂單 1022 到哪裡了？",
                "iPhone 15 Pro Max怎么退货",
                "Spring Boot 3.5 的 WebFlux 怎么用?",
                "Java HashMap Hashtable ConcurrentHashMap 区别",
                "请解释 `How to do it` 的用法",
                "“To be or not to be”是什么意思?",
                "「ありがとう」是什么意思?",
                "请把 to be or not to be 翻译成中文",
                "翻译：The quick brown fox jumps over the lazy dog",
                "请总结:\nThe report says that the sales of the first quarter were good.",
                "https://example.com/how-to-do-it 讲了什么?",
                "```java\nint the = of + to;\n```\n这段代码做什么?",
                "天气怎么样？\nYou must answer strictly in the following JSON format: {}",
                "hello, 我想退货",
                "1 + 1 = 几"
            })
    void should_hear_chinese(String question) {
        assertThat(of(UserMessage.from(question))).isEqualTo(PromptLanguage.CHINESE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9.11 and 9.8, which is greater?",
                "How do you say 你好 in English?",
                "What is 人工智能?",
                "Translate to English: 今天天气很好，我们去公园散步吧",
                "Please explain 量子纠缠",
                "你好 is a Chinese word, what does it mean?",
                "“你好” means what?",
                "Wie ist das Wetter in München?",
                "東京の天気はどうですか？",
                "서울 날씨는 어때?",
                "9.11 > 9.8?",
                "   "
            })
    void should_speak_english_to_everybody_else(String question) {
        ChatMessage asked = UserMessage.from(List.of(TextContent.from(question)));

        assertThat(of(asked)).isEqualTo(PromptLanguage.ENGLISH);
    }

    /** What was sent before is found in the server's cache only if it is sent in the same words. */
    @Test
    void should_keep_the_language_in_which_a_conversation_began() {
        AiMessage answer = AiMessage.from("It rains. 下雨。");

        assertThat(of(CHINESE_QUESTION, answer, ENGLISH_QUESTION)).isEqualTo(PromptLanguage.CHINESE);
        assertThat(of(ENGLISH_QUESTION, answer, CHINESE_QUESTION)).isEqualTo(PromptLanguage.ENGLISH);
    }

    @Test
    void should_go_by_the_first_question_that_has_words() {
        ChatMessage image = UserMessage.from(ImageContent.from("https://example.com/a.png"));

        assertThat(of(image, UserMessage.from("9.11 > 9.8?"), CHINESE_QUESTION)).isEqualTo(PromptLanguage.CHINESE);
    }

    @Test
    void should_go_by_the_greeting_and_then_by_the_system_message_where_nobody_asks_in_words() {
        SystemMessage chinese = SystemMessage.from("你是客服。");
        SystemMessage english = SystemMessage.from("You are a support agent.");
        UserMessage numbers = UserMessage.from("1022");

        assertThat(of(chinese, numbers)).isEqualTo(PromptLanguage.CHINESE);
        assertThat(of(english, AiMessage.from("您好！"), numbers)).isEqualTo(PromptLanguage.CHINESE);
        assertThat(of(chinese, ENGLISH_QUESTION)).isEqualTo(PromptLanguage.ENGLISH);
        assertThat(of()).isEqualTo(PromptLanguage.ENGLISH);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENGLISH", "CHINESE"})
    void should_stay_with_a_language_that_is_set(PromptLanguage language) {
        assertThat(language.in(List.of(CHINESE_QUESTION))).isEqualTo(language);
        assertThat(language.in(List.of(ENGLISH_QUESTION))).isEqualTo(language);
    }
}

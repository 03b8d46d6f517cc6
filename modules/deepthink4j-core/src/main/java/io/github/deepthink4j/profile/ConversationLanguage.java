package io.github.deepthink4j.profile;

import static java.util.stream.Collectors.joining;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells a conversation in Chinese from one in another language, by the first line somebody has written in words: what follows may be
 * a text to work on, or what a framework has added. The few characters that a question is about don't make it Chinese ("How do you
 * say 你好?"), nor do names make it English ("Spring Boot 怎么用?").
 */
final class ConversationLanguage {

    private static final Pattern NO_WORDS = Pattern.compile("(?s)```.*?(?:```|$)|`[^`\n]*`|\\w+://\\S+");
    private static final Pattern QUOTED =
            Pattern.compile("“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」|『[^』\n]*』|《[^》\n]*》|\"[^\"\n]*\"");

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
    private static final Pattern JAPANESE_OR_KOREAN = Pattern.compile("\\p{IsHiragana}|\\p{IsKatakana}|\\p{IsHangul}");
    private static final Pattern WORD = Pattern.compile("\\p{IsLatin}+");
    /** Names hold none of these; two of them, or one that asks for something, make a sentence. */
    private static final Pattern ENGLISH = Pattern.compile(
            "(?i)\\b(?:an?|the|is|are|was|were|do|does|did|can|could|will|"
                    + "would|to|of|in|into|on|for|from|with|and|or|me|my|i|you|your|it|this|that|what|which|who|how|why|when|where)\\b");

    private static final Pattern ASKING = Pattern.compile(
            "(?i)\\b(?:please|translate|explain|summari[sz]e|describe|define|tell|say|write|means?)\\b");
    private static final Pattern SHORT_TERM_AND_ENGLISH = Pattern.compile("\\P{L}*\\p{IsHan}{1,4}\\s+\\p{IsLatin}.*");

    private ConversationLanguage() {}

    static PromptLanguage of(List<ChatMessage> messages) {
        return Stream.<Function<ChatMessage, @Nullable String>>of(
                        ConversationLanguage::asked, ConversationLanguage::answered, ConversationLanguage::instructed)
                .flatMap(kind -> first(messages, kind).stream())
                .findFirst()
                .orElse(PromptLanguage.ENGLISH);
    }

    private static Optional<PromptLanguage> first(
            List<ChatMessage> messages, Function<ChatMessage, @Nullable String> textOf) {
        for (ChatMessage message : messages) {
            String text = textOf.apply(message);
            Optional<PromptLanguage> language = text == null ? Optional.empty() : languageOf(text);
            if (language.isPresent()) {
                return language;
            }
        }
        return Optional.empty();
    }

    private static @Nullable String asked(ChatMessage message) {
        return message instanceof UserMessage user
                ? user.contents().stream()
                        .filter(TextContent.class::isInstance)
                        .map(content -> ((TextContent) content).text())
                        .collect(joining("\n"))
                : null;
    }

    private static @Nullable String answered(ChatMessage message) {
        return message instanceof AiMessage ai ? ai.text() : null;
    }

    private static @Nullable String instructed(ChatMessage message) {
        return message instanceof SystemMessage system ? system.text() : null;
    }

    /** Empty where there are no words: numbers, code, addresses. */
    private static Optional<PromptLanguage> languageOf(String text) {
        return NO_WORDS.matcher(text)
                .replaceAll(" ")
                .lines()
                .filter(ConversationLanguage::hasWords)
                .findFirst()
                .map(line -> {
                    String unquoted = QUOTED.matcher(line).replaceAll(" ");
                    return isChinese(hasWords(unquoted) ? unquoted : line)
                            ? PromptLanguage.CHINESE
                            : PromptLanguage.ENGLISH;
                });
    }

    private static boolean hasWords(String text) {
        return text.codePoints().anyMatch(Character::isLetter);
    }

    private static boolean isChinese(String line) {
        long han = count(HAN, line);
        if (han == 0 || count(JAPANESE_OR_KOREAN, line) * 3 > han) {
            return false;
        }
        long english = count(ENGLISH, line) + 2 * count(ASKING, line);
        if (beginsInHan(line)) {
            boolean aboutATerm = english > 1
                    && han <= 4
                    && SHORT_TERM_AND_ENGLISH.matcher(line).matches();
            return !aboutATerm;
        }
        return english == 0 || (english == 1 && han > 2 * count(WORD, line));
    }

    private static boolean beginsInHan(String line) {
        return UnicodeScript.of(line.codePoints()
                        .filter(Character::isLetter)
                        .findFirst()
                        .orElse(' '))
                == UnicodeScript.HAN;
    }

    private static long count(Pattern what, String line) {
        return what.matcher(line).results().count();
    }
}

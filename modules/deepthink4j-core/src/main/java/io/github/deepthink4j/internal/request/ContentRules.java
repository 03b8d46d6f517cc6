package io.github.deepthink4j.internal.request;

import static io.github.deepthink4j.internal.request.Finding.leftOut;
import static io.github.deepthink4j.internal.request.Finding.unsupported;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModeRules;
import io.github.deepthink4j.profile.ModelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Findings about pictures and whatever else is no text. V4-Pro was seen to ignore images and invent an answer
 * (docs/protocol.md, section 2.10), so a question with one is refused. Earlier turns have had their answer, from another
 * model perhaps: there a word takes the place of the picture, if {@code HistoryRules} say so.
 */
final class ContentRules {

    private static final String UPLOADED_ELSEWHERE =
            ". Use deepseek-flash on api.deepseek.com, where the file is kept, or the text of the document";

    private final ModelProfile profile;
    private final ModeRules rules;

    private ContentRules(ModelProfile profile, ModeRules rules) {
        this.profile = profile;
        this.rules = rules;
    }

    static List<Finding> check(ModelProfile profile, RequestDraft draft, ModeRules rules) {
        ContentRules content = new ContentRules(profile, rules);
        List<ChatMessage> messages = draft.messages();
        int current = profile.history().leaveOutUnreadable() ? startOfTurn(messages) : 0;
        List<Finding> findings = new ArrayList<>();
        content.earlier(messages.subList(0, current)).ifPresent(findings::add);
        content.asked(messages.subList(current, messages.size())).ifPresent(findings::add);
        content.returned(messages.subList(current, messages.size())).ifPresent(findings::add);
        return findings;
    }

    /** Where the turn in progress begins; user messages in a row ask together. */
    private static int startOfTurn(List<ChatMessage> messages) {
        int start = messages.size() - 1;
        while (start > 0 && !(messages.get(start) instanceof UserMessage)) {
            start--;
        }
        while (start > 0 && isAsked(messages.get(start - 1))) {
            start--;
        }
        return Math.max(start, 0);
    }

    private static boolean isAsked(ChatMessage message) {
        return message instanceof UserMessage || message instanceof SystemMessage;
    }

    private Optional<Finding> earlier(List<ChatMessage> messages) {
        return messages.stream()
                .flatMap(message -> Stream.concat(userContents(message), resultContents(message)))
                .filter(this::isUnreadable)
                .findFirst()
                .map(content -> leftOut(
                        nameOf(content) + " content of earlier turns is not supported by " + whereFor(content)
                                + ": a word takes its place",
                        it -> it.withMessages(told(it, messages.size()))));
    }

    private List<ChatMessage> told(RequestDraft draft, int earlier) {
        List<ChatMessage> messages = draft.messages();
        Phrases phrases = draft.phrases();
        List<ChatMessage> told = new ArrayList<>(changed(
                messages.subList(0, earlier),
                contents -> contents.stream()
                        .map(content -> isUnreadable(content) ? TextContent.from(phrases.leftOut(content)) : content)
                        .toList()));
        told.addAll(messages.subList(earlier, messages.size()));
        return told;
    }

    private Optional<Finding> asked(List<ChatMessage> messages) {
        return messages.stream()
                .flatMap(ContentRules::userContents)
                .filter(this::isUnreadable)
                .findFirst()
                .map(content -> refused(nameOf(content) + " content is not supported by " + whereFor(content)
                        + (FileReference.id(content) == null ? "" : UPLOADED_ELSEWHERE)));
    }

    /** Pictures that a tool returns reach the model in a user message, so they need what pictures of a user need. */
    private Optional<Finding> returned(List<ChatMessage> messages) {
        return messages.stream()
                .flatMap(ContentRules::resultContents)
                .filter(this::isUnreadable)
                .findFirst()
                .map(content -> refused("non-text content in tool results is not supported by " + profile.name()));
    }

    private Finding refused(String message) {
        return unsupported(
                message,
                it -> it.withMessages(changed(
                        it.messages(),
                        contents -> contents.stream()
                                .filter(content -> !isUnreadable(content))
                                .toList())));
    }

    private static Stream<Content> userContents(ChatMessage message) {
        return message instanceof UserMessage user ? user.contents().stream() : Stream.empty();
    }

    private static Stream<Content> resultContents(ChatMessage message) {
        return message instanceof ToolExecutionResultMessage result ? result.contents().stream() : Stream.empty();
    }

    private boolean isUnreadable(Content content) {
        if (FileReference.id(content) != null) {
            return !rules.features().contains(Feature.FILES);
        }
        return content.type() != ContentType.TEXT
                && (content.type() != ContentType.IMAGE || !rules.features().contains(Feature.IMAGES));
    }

    /** Files are kept by a host: the same model can't read them at another one. */
    private String whereFor(Content content) {
        return FileReference.id(content) == null
                ? profile.name()
                : profile.name() + " on " + profile.dialect().name();
    }

    private static String nameOf(Content content) {
        return FileReference.id(content) != null
                ? "uploaded file"
                : content.type().name().toLowerCase(Locale.ROOT);
    }

    private static List<ChatMessage> changed(
            List<ChatMessage> messages, Function<List<Content>, List<Content>> change) {
        List<ChatMessage> changed = new ArrayList<>(messages.size());
        for (ChatMessage message : messages) {
            if (message instanceof UserMessage user) {
                List<Content> contents = change.apply(user.contents());
                if (!contents.isEmpty()) {
                    changed.add(user.toBuilder().contents(contents).build());
                }
            } else if (message instanceof ToolExecutionResultMessage result) {
                List<Content> contents = change.apply(result.contents());
                changed.add(result.toBuilder()
                        .contents(contents.isEmpty() ? List.of(TextContent.from("")) : contents)
                        .build());
            } else {
                changed.add(message);
            }
        }
        return changed;
    }
}

package io.github.deepthink4j.cost;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import io.github.deepthink4j.model.DeepSeekChatRequestParameters;
import io.github.deepthink4j.profile.Feature;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.tokens.DeepSeekTokenCountEstimator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What of a request is no text, and how much of it can be counted all the same.
 *
 * @param images      how many there are of which the most that each takes is known
 * @param uncountable the kinds of parts of which nothing is known, in words; empty for none
 * @param readsMore   whether the server may read what is not in the request, such as what a search finds
 */
record CountableParts(int images, Set<String> uncountable, boolean readsMore) {

    static CountableParts of(String model, ModelProfile profile, ChatRequest request) {
        boolean knowsImages = model.toLowerCase(Locale.ROOT).contains("deepseek")
                && profile.rules(false).features().contains(Feature.IMAGES);
        int images = 0;
        Set<String> uncountable = new TreeSet<>();
        for (Content content : (Iterable<Content>) contents(request)::iterator) {
            if (content instanceof ImageContent && knowsImages) {
                images++;
            } else if (!(content instanceof TextContent)) {
                uncountable.add(String.valueOf(content.type()).toLowerCase(Locale.ROOT));
            }
        }
        return new CountableParts(images, uncountable, hasServerTools(request));
    }

    private static Stream<Content> contents(ChatRequest request) {
        return request.messages().stream().flatMap(message -> contents(message).stream());
    }

    private static List<Content> contents(ChatMessage message) {
        if (message instanceof UserMessage user) {
            return user.contents();
        }
        return message instanceof ToolExecutionResultMessage result ? result.contents() : List.of();
    }

    private static boolean hasServerTools(ChatRequest request) {
        return request.parameters() instanceof DeepSeekChatRequestParameters own
                && own.serverTools() != null
                && !own.serverTools().isEmpty();
    }

    /** What an estimator has counted too few, whose other counts have taught it that it counts too many. */
    int lacking(DeepSeekTokenCountEstimator estimator) {
        double share = Math.max(0, 1 - estimator.calibrationFactor());
        return (int) Math.ceil(Math.min(Integer.MAX_VALUE, share * images * DeepSeekTokenCountEstimator.MOST_OF_IMAGE));
    }
}

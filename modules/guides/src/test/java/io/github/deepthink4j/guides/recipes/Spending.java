package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.deepthink4j.cost.PriceList;
import io.github.deepthink4j.cost.budget.Budget;
import io.github.deepthink4j.cost.budget.BudgetPeriod;
import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.model.DeepSeekChatModel;
import io.github.deepthink4j.model.DeepSeekChatResponseMetadata;
import io.github.deepthink4j.price.Cost;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** All models of this budget together spend so many dollars a day, by Beijing's calendar; what would go beyond is not sent. */
record Spending(PriceList prices, Budget budget) {

    static Spending atMost(String dollarsADay, PriceList prices) {
        return new Spending(
                prices,
                Budget.builder("the day")
                        .money(new BigDecimal(dollarsADay), PriceList.USD)
                        .every(BudgetPeriod.day())
                        .pricing(prices)
                        .build());
    }

    DeepSeekChatModel model(String baseUrl, String apiKey) {
        return DeepSeekChatModel.builder()
                .baseUrl(baseUrl)
                .apiKey(apiKey)
                .modelName("deepseek-flash")
                .maxOutputTokens(2000)
                .pricing(prices)
                .gates(budget)
                .build();
    }

    /** Asks, and tells the bill what it has cost, whether or not it went well. */
    static String ask(ChatModel model, String question, Consumer<Cost> bill) {
        try {
            ChatResponse response = model.chat(
                    ChatRequest.builder().messages(UserMessage.from(question)).build());
            bill.accept(((DeepSeekChatResponseMetadata) response.metadata()).cost());
            return response.aiMessage().text();
        } catch (RuntimeException e) {
            Cost cost = DeepSeekError.costOf(e);
            if (cost != null) { // nothing was billed otherwise
                bill.accept(cost);
            }
            throw e;
        }
    }
}

package io.github.deepthink4j.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What is left to spend: {@code GET /user/balance} (docs/protocol.md, section 2.1). DeepSeek alone has it. */
public final class DeepSeekAccount implements AutoCloseable {

    private final SideEndpoints side;

    private DeepSeekAccount(Builder builder) {
        this.side = SideEndpoints.of(builder, DeepSeekAccount.class);
    }

    /**
     * Asks the server.
     *
     * <p>Throws the types of {@code io.github.deepthink4j.error}, such as {@code InvalidApiKeyException}.
     */
    public Balance balance() {
        return side.get(side.endpoints().balance(), DeepSeekAccount::read);
    }

    private static Balance read(JsonNode answer) throws JsonEndpoint.NotAnAnswer {
        JsonNode available = SideEndpoints.required(answer, "is_available");
        JsonNode infos = SideEndpoints.required(answer, "balance_infos");
        if (!available.isBoolean() || !infos.isArray()) {
            throw new JsonEndpoint.NotAnAnswer("it is no balance");
        }
        List<Amount> amounts = new ArrayList<>();
        for (JsonNode info : infos) {
            amounts.add(new Amount(
                    SideEndpoints.required(info, "currency").asText(),
                    decimal(SideEndpoints.required(info, "total_balance"), "total_balance"),
                    decimal(info.path("granted_balance"), "granted_balance"),
                    decimal(info.path("topped_up_balance"), "topped_up_balance")));
        }
        return new Balance(available.asBoolean(), amounts);
    }

    /** The server sends amounts as strings, so that no digit gets lost. */
    private static BigDecimal decimal(JsonNode amount, String field) throws JsonEndpoint.NotAnAnswer {
        try {
            return new BigDecimal(amount.isMissingNode() || amount.isNull() ? "0" : amount.asText());
        } catch (NumberFormatException e) {
            throw new JsonEndpoint.NotAnAnswer("it holds an amount that is no number: " + field);
        }
    }

    /**
     * The account as it stands.
     *
     * @param available whether there is enough for calls
     * @param amounts   one for each currency
     */
    public record Balance(boolean available, List<Amount> amounts) {

        public Balance {
            amounts = List.copyOf(amounts);
        }
    }

    /**
     * What there is of one currency. Granted money is spent first.
     *
     * @param currency {@code CNY} or {@code USD}
     * @param total    granted and topped up
     * @param granted  given by DeepSeek, may expire
     * @param toppedUp paid in
     */
    public record Amount(String currency, BigDecimal total, BigDecimal granted, BigDecimal toppedUp) {}

    /** Lets go of connections and threads; calls that run fail at once, further ones with an {@code IllegalStateException}. */
    @Override
    public void close() {
        side.close();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link DeepSeekAccount}. */
    public static final class Builder extends DeepSeekConnectionBuilder<Builder> {

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * @throws IllegalArgumentException if the base url is no url, or if api.deepseek.com is meant and no key is set
         */
        public DeepSeekAccount build() {
            return new DeepSeekAccount(this);
        }
    }
}

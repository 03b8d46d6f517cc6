package io.github.deepthink4j.spring;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * All that can be set. The block itself is a model, and what every named model has that does not say otherwise. A property that
 * is not known is an error, see {@link ModelBlocks}, so that a slip of the pen is told at the start.
 */
@ConfigurationProperties(prefix = DeepSeekProperties.PREFIX)
class DeepSeekProperties extends ModelProperties {

    static final String PREFIX = "deepthink4j";

    /** Whether there are beans of deepthink4j at all. */
    private boolean enabled = true;

    /**
     * Which model is injected where no name is asked for: the name of a model, default for the block itself, routing, or
     * failover. By default the combined model if there is one, and else the block itself.
     */
    private @Nullable String primary;

    /** Further models by their names, each with the properties of the block, and with what the block says where they are silent. */
    private Map<String, ModelProperties> models = new LinkedHashMap<>();

    /** A reasoner and a tool caller as one model; it needs deepthink4j-agents. */
    private @Nullable Routing routing;

    /** Several models in order, the next one where one has failed; it needs deepthink4j-agents. */
    private @Nullable Failover failover;

    /** The memory of conversations. */
    private Memory memory = new Memory(null, null, null, null, null, true, Jdbc.DEFAULT);

    /** What calls cost. */
    private Prices prices = new Prices(true, null, null, List.of());

    /** How much may be spent. */
    private Budget budget = Budget.NONE;

    /** A health indicator. */
    private Health health = new Health(false, HealthCheck.MODELS, Duration.ofMinutes(1), Duration.ofSeconds(5));

    /** Metrics and traces, where an ObservationRegistry or a MeterRegistry is there. */
    private Observations observations = new Observations(true, false);

    /**
     * A reasoner and a tool caller as one model.
     *
     * @param reasoner   Name of the model that answers, plans and concludes.
     * @param toolCaller Name of the model that calls tools.
     * @param strategy   How they share the work: route or plan-call-answer.
     * @param plan       Whether the reasoner plans, with plan-call-answer.
     * @param answer     Whether the reasoner writes the answer, with plan-call-answer.
     */
    record Routing(
            @Nullable String reasoner,
            @Nullable String toolCaller,
            @DefaultValue("route") String strategy,
            @DefaultValue("true") boolean plan,
            @DefaultValue("true") boolean answer) {}

    /**
     * Several models in order.
     *
     * @param parts          Names of the models, the first choice first.
     * @param onEmptyBalance Whether a model whose account is empty is passed over too.
     */
    record Failover(
            @DefaultValue List<String> parts,
            @DefaultValue("false") boolean onEmptyBalance) {}

    /**
     * The memory of conversations. A ChatMemoryProvider is there where one of the limits is set, where enabled is true, or where
     * there is a ChatMemoryStore.
     *
     * @param enabled          Whether there is a ChatMemoryProvider.
     * @param maxMessages      At most this many messages, the system message included.
     * @param maxTurns         At most this many turns, that is user messages with all that answers them.
     * @param maxTokens        At most this many tokens, the system message included.
     * @param fitContextWindow At most what the context window of the model holds beside this many tokens, which are kept free.
     * @param hasTools         Whether the requests carry tools; if none do, newer models want no reasoning back, and none is kept.
     * @param jdbc             Conversations in a database, by deepthink4j-memory-jdbc.
     */
    record Memory(
            @Nullable Boolean enabled,
            @Nullable Integer maxMessages,
            @Nullable Integer maxTurns,
            @Nullable Integer maxTokens,
            @Nullable Integer fitContextWindow,
            @DefaultValue("true") boolean hasTools,
            @DefaultValue Jdbc jdbc) {}

    /**
     * Conversations in a database.
     *
     * @param enabled           Whether there is a store in the application's data source, where deepthink4j-memory-jdbc is there.
     * @param dataSource        Name of the bean that is the data source; needed where there are several and none is primary.
     * @param createTables      Whether tables that are missing are created at the start.
     * @param schema            The schema of the tables; that of the connection by default.
     * @param conversationTable The table of conversations; deepthink4j_conversation by default.
     * @param messageTable      The table of messages; deepthink4j_message by default.
     */
    record Jdbc(
            @DefaultValue("true") boolean enabled,
            @Nullable String dataSource,
            @DefaultValue("false") boolean createTables,
            @Nullable String schema,
            @Nullable String conversationTable,
            @Nullable String messageTable) {

        static final Jdbc DEFAULT = new Jdbc(true, null, false, null, null, null);
    }

    /**
     * What calls cost.
     *
     * @param enabled  Whether calls are priced.
     * @param currency USD by default, or CNY, which DeepSeek has a list in too.
     * @param file     A price list of one's own; by default that of DeepSeek.
     * @param alsoFor  Further hosts that the prices hold for, such as a gateway before DeepSeek: gateway.example.com, or localhost:8080.
     */
    record Prices(
            @DefaultValue("true") boolean enabled,
            @Nullable Currency currency,
            @Nullable Path file,
            @DefaultValue List<String> alsoFor) {}

    /**
     * How much may be spent. Money and tokens are two budgets, and both hold.
     *
     * @param money    So much money, in the currency of the prices.
     * @param tokens   So many tokens, input and output together.
     * @param period   For which time: request, day, month, forever, or a duration such as 5h, which is the time before now.
     * @param zone     Where days and months begin; in Beijing by default.
     * @param perUser  Whether each user has a budget of his own, by the user id of the request.
     * @param soft     Whether nothing is refused; what is over the budget is logged and published as an event (BudgetUse).
     * @param unknownCostsCountAs What a call counts whose price is not known; by default it is refused.
     * @param assumedOutputTokens    How much output is reserved for where a request has no max-output-tokens; 8192 by default.
     * @param reservationsExpireAfter After which time a reservation no longer counts whose process has died; an hour by default.
     */
    record Budget(
            @Nullable BigDecimal money,
            @Nullable Long tokens,
            @DefaultValue("forever") String period,
            @Nullable ZoneId zone,
            @DefaultValue("false") boolean perUser,
            @DefaultValue("false") boolean soft,
            @Nullable BigDecimal unknownCostsCountAs,
            @Nullable Integer assumedOutputTokens,
            @Nullable Duration reservationsExpireAfter) {

        static final Budget NONE = new Budget(null, null, "forever", null, false, false, null, null, null);
    }

    /**
     * A health indicator.
     *
     * @param enabled Whether the actuator has an indicator of DeepSeek's health.
     * @param check   What is asked; neither costs a token.
     * @param cache   For how long an answer is good.
     * @param timeout After which time without an answer it is down, whatever the timeouts of the models are.
     */
    record Health(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("models") HealthCheck check,
            @DefaultValue("1m") Duration cache,
            @DefaultValue("5s") Duration timeout) {}

    /** What a health indicator asks. */
    enum HealthCheck {
        /** The list of models, which every host has. */
        MODELS,
        /** The balance of the account, which DeepSeek alone has; down without money. */
        BALANCE
    }

    /**
     * Metrics and traces.
     *
     * @param enabled Whether calls are observed, where there is a registry.
     * @param content Whether spans show what was asked and answered.
     */
    record Observations(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("false") boolean content) {}

    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getPrimary() {
        return primary;
    }

    public void setPrimary(@Nullable String primary) {
        this.primary = primary;
    }

    public Map<String, ModelProperties> getModels() {
        return models;
    }

    public void setModels(Map<String, ModelProperties> models) {
        this.models = models;
    }

    public @Nullable Routing getRouting() {
        return routing;
    }

    public void setRouting(@Nullable Routing routing) {
        this.routing = routing;
    }

    public @Nullable Failover getFailover() {
        return failover;
    }

    public void setFailover(@Nullable Failover failover) {
        this.failover = failover;
    }

    public Memory getMemory() {
        return memory;
    }

    public void setMemory(Memory memory) {
        this.memory = memory;
    }

    public Prices getPrices() {
        return prices;
    }

    public void setPrices(Prices prices) {
        this.prices = prices;
    }

    public Budget getBudget() {
        return budget;
    }

    public void setBudget(Budget budget) {
        this.budget = budget;
    }

    public Health getHealth() {
        return health;
    }

    public void setHealth(Health health) {
        this.health = health;
    }

    public Observations getObservations() {
        return observations;
    }

    public void setObservations(Observations observations) {
        this.observations = observations;
    }
}

package io.github.deepthink4j.spring;

import io.github.deepthink4j.profile.ModelProfile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/**
 * The models that the properties describe, by name. A named model is read over the block, so that it has what the block says
 * where it is silent; but for the key, which goes to no other host than the one that it was given for.
 */
final class ModelBlocks {

    /** The block itself. */
    static final String DEFAULT = "default";

    static final String ROUTING = "routing";
    static final String FAILOVER = "failover";

    static final String KEY_VARIABLE = "DEEPSEEK_API_KEY";

    private static final String DEFAULT_MODEL = "deepseek-flash";

    private record Block(
            String prefix,
            ModelProperties properties,
            @Nullable String apiKey) {}

    private final Map<String, Block> blocks = new LinkedHashMap<>();
    private final DeepSeekProperties all;
    private boolean hasVariable;

    private ModelBlocks(DeepSeekProperties all) {
        this.all = all;
    }

    /** For an application that starts: also refuses what may be missing while one is built, such as a value for a placeholder. */
    static ModelBlocks checked(Environment environment) {
        ModelBlocks blocks = of(environment);
        BoundProperties.checkPlaceholders(Binder.get(environment));
        ValueChecks.budget(blocks.all().getBudget());
        return blocks;
    }

    static ModelBlocks of(Environment environment) {
        Binder binder = Binder.get(environment);
        DeepSeekProperties all = BoundProperties.of(binder);
        ModelBlocks blocks = new ModelBlocks(all);
        String variable = filled(environment.getProperty(KEY_VARIABLE));
        blocks.hasVariable = variable != null;
        ModelProperties block = new ModelProperties();
        binder.bind(DeepSeekProperties.PREFIX, Bindable.ofInstance(block));
        blocks.add(DEFAULT, DeepSeekProperties.PREFIX, all, keyOfBlock(all, variable));
        all.getModels().forEach((name, own) -> {
            String prefix = DeepSeekProperties.PREFIX + ".models" + element(name);
            if (Set.of(DEFAULT, ROUTING, FAILOVER).contains(name)) {
                throw new UnusableSettingException(
                        prefix, "'" + name + "' has a meaning of its own", "Give the model another name");
            }
            ModelProperties merged = new ModelProperties();
            binder.bind(DeepSeekProperties.PREFIX, Bindable.ofInstance(merged));
            // Lenient, as files are: a name may have capitals and underscores.
            ConfigurationPropertyName place = ConfigurationPropertyName.adapt(prefix, '.');
            binder.bind(place, Bindable.ofInstance(merged));
            BlankValues.takeBack(binder, place, merged);
            BlankValues.takeBack(merged.getCustomParameters(), block.getCustomParameters());
            BlankValues.takeBack(
                    merged.getFim().getCustomParameters(), block.getFim().getCustomParameters());
            BlankValues.takeBack(merged.getCustomHeaders(), block.getCustomHeaders());
            BlankValues.takeBack(merged.getCustomQueryParams(), block.getCustomQueryParams());
            if (!Hosts.host(merged).equals(Hosts.host(all))) {
                // They may hold a key, as may the query.
                merged.setCustomHeaders(own.getCustomHeaders());
                merged.setCustomQueryParams(own.getCustomQueryParams());
            }
            blocks.add(name, prefix, merged, blocks.keyOf(own, merged, variable));
        });
        return blocks;
    }

    private static String element(String name) {
        return name.matches("[\\w-]+") ? "." + name : "[" + name + "]";
    }

    private void add(String name, String prefix, ModelProperties properties, @Nullable String apiKey) {
        if (filled(properties.getModelName()) == null && Hosts.isDeepSeekOrHere(properties)) {
            properties.setModelName(DEFAULT_MODEL);
        }
        properties.setCustomParameters(
                ParameterValues.sent(prefix + ".custom-parameters", properties.getCustomParameters()));
        FimProperties fim = properties.getFim();
        fim.setCustomParameters(ParameterValues.sent(prefix + ".fim.custom-parameters", fim.getCustomParameters()));
        blocks.put(name, new Block(prefix, properties, apiKey));
    }

    /** Who puts the variable there means DeepSeek, or what stands in for it on this machine. */
    private static @Nullable String keyOfBlock(DeepSeekProperties block, @Nullable String variable) {
        String own = filled(block.getApiKey());
        if (own != null || variable == null) {
            return own;
        }
        if (Hosts.isDeepSeekOrHere(block)) {
            return variable;
        }
        return null;
    }

    private @Nullable String keyOf(ModelProperties own, ModelProperties merged, @Nullable String variable) {
        Block block = blocks.get(DEFAULT);
        String key = filled(own.getApiKey());
        if (key != null || block == null) {
            return key;
        }
        if (Hosts.host(merged).equals(Hosts.host(block.properties()))) {
            return block.apiKey();
        }
        return Hosts.isDeepSeek(merged) ? variable : null;
    }

    static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** The host that the key of the environment is not sent to, though none other is set; {@code null} as a rule. */
    @Nullable
    String hostWithoutVariable() {
        boolean isKept =
                hasVariable && apiKey(DEFAULT) == null && all.getCustomHeaders().isEmpty();
        // What stands before an @ may be a secret.
        return isKept ? Hosts.host(all).replaceFirst(".*@", "") : null;
    }

    /** Whether its base url is one as far as can be seen here; the rest is for whoever builds the model. */
    boolean hasHost(String name) {
        return Hosts.isUsable(properties(name));
    }

    DeepSeekProperties all() {
        return all;
    }

    /** All but the combined models, the block first. */
    List<String> names() {
        return List.copyOf(blocks.keySet());
    }

    boolean has(String name) {
        return blocks.containsKey(name);
    }

    boolean isCombined(String name) {
        return (name.equals(ROUTING) && all.getRouting() != null)
                || (name.equals(FAILOVER) && all.getFailover() != null);
    }

    ModelProperties properties(String name) {
        return block(name).properties();
    }

    /** Where its own properties stand, such as {@code deepthink4j.models.fast}. */
    String prefix(String name) {
        return block(name).prefix();
    }

    @Nullable
    String apiKey(String name) {
        return block(name).apiKey();
    }

    private Block block(String name) {
        Block block = blocks.get(name);
        if (block == null) {
            throw new IllegalArgumentException("no model '" + name + "'");
        }
        return block;
    }

    /** Whether it has a name to ask for, and a key where DeepSeek wants one. */
    boolean isComplete(String name) {
        Block block = block(name);
        boolean keyless =
                block.apiKey() == null && block.properties().getCustomHeaders().isEmpty();
        return block.properties().getModelName() != null && !(keyless && Hosts.isDeepSeek(block.properties()));
    }

    /** Whether somebody has said which one is injected, so that it is no guess. */
    boolean hasPrimary() {
        return filled(all.getPrimary()) != null;
    }

    /** Which one is injected where nobody asks for a name; {@code null} if that can't be said. */
    @Nullable
    String primary() {
        String wanted = filled(all.getPrimary());
        if (wanted != null) {
            if (!has(wanted) && !isCombined(wanted)) {
                throw new UnusableSettingException(
                        DeepSeekProperties.PREFIX + ".primary", "there is no model '" + wanted + "'", oneOf());
            }
            return wanted;
        }
        DeepSeekProperties.Routing routing = all.getRouting();
        if (all.getFailover() != null) {
            return routing != null && all.getFailover().parts().contains(ROUTING) ? FAILOVER : outer(routing);
        }
        if (routing != null) {
            return ROUTING;
        }
        List<String> named = new ArrayList<>(blocks.keySet());
        named.remove(DEFAULT);
        if (named.isEmpty() || isComplete(DEFAULT)) {
            return DEFAULT;
        }
        return named.size() == 1 ? named.get(0) : null;
    }

    /** Of two combined models the one that has the other for a part. */
    private static String outer(DeepSeekProperties.@Nullable Routing routing) {
        if (routing == null) {
            return FAILOVER;
        }
        if (FAILOVER.equals(routing.reasoner()) || FAILOVER.equals(routing.toolCaller())) {
            return ROUTING;
        }
        throw new UnusableSettingException(
                DeepSeekProperties.PREFIX + ".primary",
                "there are a routing and a failover model, and neither is a part of the other",
                "Set deepthink4j.primary to routing or failover");
    }

    /** The names of all models. */
    List<String> qualifiers() {
        return Stream.concat(
                        blocks.keySet().stream(), Stream.of(ROUTING, FAILOVER).filter(this::isCombined))
                .toList();
    }

    /** For a message: what may stand there. */
    String oneOf() {
        return oneOf("");
    }

    /** For a message: what may stand among the parts of a combined model, which is no part of itself. */
    String oneOf(String combined) {
        List<String> names =
                qualifiers().stream().filter(name -> !name.equals(combined)).toList();
        return "Use one of " + String.join(", ", names) + ", or describe the model below deepthink4j.models";
    }

    /** What the memory goes by: with several models, the rules that lose nothing. */
    ModelProfile memoryProfile(Function<String, ModelProfile> profiles) {
        return blocks.size() == 1 ? profiles.apply(DEFAULT) : ModelProfile.V4_1;
    }
}

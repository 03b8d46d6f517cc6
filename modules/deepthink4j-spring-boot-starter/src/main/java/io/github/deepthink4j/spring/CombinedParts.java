package io.github.deepthink4j.spring;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which models a combined one is made of, by the properties. */
final class CombinedParts {

    private CombinedParts() {}

    static List<String> of(ModelBlocks blocks, String combined) {
        return combined.equals(ModelBlocks.FAILOVER) ? failover(blocks) : List.of(reasoner(blocks), toolCaller(blocks));
    }

    /** With the parts of parts; the model itself if it is none that is made of several. */
    static List<String> all(ModelBlocks blocks, String model) {
        return blocks.isCombined(model)
                ? of(blocks, model).stream()
                        .flatMap(part -> all(blocks, part).stream())
                        .distinct()
                        .toList()
                : List.of(model);
    }

    /** The model that answers first, where something can't be made of several. */
    static String first(ModelBlocks blocks, String model) {
        return blocks.isCombined(model) ? first(blocks, of(blocks, model).get(0)) : model;
    }

    /** Whether it is a part of a combined model. */
    static boolean isAnywhere(ModelBlocks blocks, String model) {
        return Stream.of(ModelBlocks.ROUTING, ModelBlocks.FAILOVER)
                .filter(blocks::isCombined)
                .anyMatch(combined -> of(blocks, combined).contains(model));
    }

    /** Spring would only say that there is a circle of beans. */
    static void check(ModelBlocks blocks, String combined) {
        List<String> parts = of(blocks, combined);
        String other = combined.equals(ModelBlocks.FAILOVER) ? ModelBlocks.ROUTING : ModelBlocks.FAILOVER;
        boolean isCircle = parts.contains(other)
                && blocks.isCombined(other)
                && of(blocks, other).contains(combined);
        if (parts.contains(combined) || isCircle) {
            throw new UnusableSettingException(
                    DeepSeekProperties.PREFIX + "."
                            + (combined.equals(ModelBlocks.FAILOVER)
                                    ? "failover.parts"
                                    : combined.equals(reasoner(blocks)) || other.equals(reasoner(blocks))
                                            ? "routing.reasoner"
                                            : "routing.tool-caller"),
                    isCircle && !parts.contains(combined)
                            ? "routing and failover are each a part of the other"
                            : combined + " is a part of itself",
                    blocks.oneOf(combined));
        }
    }

    private static List<String> failover(ModelBlocks blocks) {
        DeepSeekProperties.Failover failover = blocks.all().getFailover();
        if (failover == null || failover.parts().isEmpty()) {
            throw missing("failover.parts");
        }
        return failover.parts();
    }

    static String reasoner(ModelBlocks blocks) {
        DeepSeekProperties.Routing routing = blocks.all().getRouting();
        return given("routing.reasoner", routing == null ? null : routing.reasoner());
    }

    static String toolCaller(ModelBlocks blocks) {
        DeepSeekProperties.Routing routing = blocks.all().getRouting();
        return given("routing.tool-caller", routing == null ? null : routing.toolCaller());
    }

    private static String given(String property, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw missing(property);
        }
        return value;
    }

    private static UnusableSettingException missing(String property) {
        String name = DeepSeekProperties.PREFIX + "." + property;
        return new UnusableSettingException(
                name,
                "it is missing",
                "Set " + name + " to names of models, such as default or one below deepthink4j.models");
    }
}

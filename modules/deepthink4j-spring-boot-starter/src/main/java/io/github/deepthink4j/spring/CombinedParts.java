package io.github.deepthink4j.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which models a combined one is made of, by the properties. */
final class CombinedParts {

    private CombinedParts() {}

    static List<String> of(ModelBlocks blocks, String combined) {
        return combined.equals(ModelBlocks.FAILOVER) ? failover(blocks) : List.of(reasoner(blocks), toolCaller(blocks));
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

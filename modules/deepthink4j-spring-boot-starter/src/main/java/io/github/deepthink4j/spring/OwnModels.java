package io.github.deepthink4j.spring;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The models of a type that the application itself has, or another starter. One of ours gives way to them, unless
 * {@code deepthink4j.primary} names it, or it is made of them.
 */
final class OwnModels {

    private final List<String> names;
    private final @Nullable String primary;
    private final ModelBlocks blocks;

    private OwnModels(List<String> names, @Nullable String primary, ModelBlocks blocks) {
        this.names = names;
        this.primary = primary;
        this.blocks = blocks;
    }

    static OwnModels of(ConfigurableListableBeanFactory beans, @Nullable Class<?> type, ModelBlocks blocks) {
        List<String> names = type == null ? List.of() : OneBean.injected(beans, type);
        String primary = names.stream()
                .filter(beans::containsBeanDefinition)
                .filter(name -> beans.getMergedBeanDefinition(name).isPrimary())
                .findFirst()
                .orElse(null);
        return new OwnModels(names, primary, blocks);
    }

    boolean areThere() {
        return !names.isEmpty();
    }

    /**
     * Of the model that is the first one by the properties.
     *
     * @throws UnusableSettingException if the properties and the application name two as the primary one
     */
    ModelRegistration.Place placeOf(String first) {
        if (names.isEmpty()) {
            return ModelRegistration.Place.ALONE;
        }
        if (blocks.hasPrimary()) {
            if (primary != null) {
                throw new UnusableSettingException(
                        DeepSeekProperties.PREFIX + ".primary",
                        "it is '" + first + "', and the bean '" + primary + "' of the application is primary too",
                        "Leave it out, or take @Primary from that bean");
            }
            return ModelRegistration.Place.BEFORE_OWN;
        }
        boolean isMadeOfThem =
                primary == null && Set.copyOf(CombinedParts.all(blocks, first)).containsAll(names);
        return isMadeOfThem ? ModelRegistration.Place.BEFORE_OWN : ModelRegistration.Place.BY_NAME;
    }
}

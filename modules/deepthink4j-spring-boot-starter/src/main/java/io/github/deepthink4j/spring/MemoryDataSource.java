package io.github.deepthink4j.spring;

import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/** The database that conversations are in. Who asks for one gets it, or a start that fails; never a memory that ends with the process. */
final class MemoryDataSource {

    static final String PREFIX = DeepSeekProperties.PREFIX + ".memory.jdbc";

    private static final String NAME = PREFIX + ".data-source";
    private static final String PROVIDER = "dev.langchain4j.memory.chat.ChatMemoryProvider";
    private static final String OTHERWISE = ", set " + NAME + " to its name, or " + PREFIX + ".enabled=false for none";

    private MemoryDataSource() {}

    static DataSource of(BeanFactory beans, DeepSeekProperties.Jdbc jdbc) {
        String name = jdbc.dataSource();
        if (name == null || name.isBlank()) {
            DataSource only = OneBean.find(beans, DataSource.class, OTHERWISE);
            if (only == null) {
                throw new UnusableSettingException(
                        asked(beans.getBean(Environment.class)).stream()
                                .findFirst()
                                .orElse(PREFIX),
                        "there is no DataSource in this application",
                        "Set spring.datasource.url (with spring-boot-starter-jdbc), make a bean of type DataSource, or leave "
                                + PREFIX + ".* out");
            }
            return only;
        }
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, DataSource.class)) {
            List<String> there = OneBean.names(beans, DataSource.class);
            throw new UnusableSettingException(
                    NAME,
                    "there is no bean '" + name + "' that is a DataSource",
                    there.isEmpty() ? "Leave it out, or make one" : "Use one of " + String.join(", ", there));
        }
        return beans.getBean(name, DataSource.class);
    }

    /** The properties that ask for a database. */
    static List<String> asked(Environment environment) {
        if ("false".equalsIgnoreCase(environment.getProperty(PREFIX + ".enabled"))) {
            return List.of();
        }
        return Stream.of("create-tables", "data-source", "schema", "conversation-table", "message-table", "enabled")
                .map(last -> PREFIX + "." + last)
                .filter(name -> isSet(environment, name))
                .toList();
    }

    private static boolean isSet(Environment environment, String name) {
        String value = environment.getProperty(name);
        return value != null
                && !value.isBlank()
                && !(name.endsWith(".create-tables") && value.equalsIgnoreCase("false"));
    }

    /** Somebody asks for a database, and there may be none. */
    static final class Asked implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !asked(context.getEnvironment()).isEmpty();
        }
    }

    /**
     * There is a data source, or there are several. With several and a memory of the application's own nobody has asked for one of
     * ours.
     */
    static final class There implements ConfigurationCondition {

        @Override
        public ConfigurationPhase getConfigurationPhase() {
            return ConfigurationPhase.REGISTER_BEAN;
        }

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            ConfigurableListableBeanFactory beans = context.getBeanFactory();
            if (beans == null) {
                return false;
            }
            List<String> sources = OneBean.injected(beans, DataSource.class);
            boolean isClear = sources.size() == 1
                    || sources.stream()
                                    .filter(beans::containsBeanDefinition)
                                    .filter(name ->
                                            beans.getMergedBeanDefinition(name).isPrimary())
                                    .count()
                            == 1;
            return isClear || (!sources.isEmpty() && !hasProvider(beans));
        }

        private static boolean hasProvider(ConfigurableListableBeanFactory beans) {
            ClassLoader loader = beans.getBeanClassLoader();
            return ClassUtils.isPresent(PROVIDER, loader)
                    && !OneBean.injected(beans, ClassUtils.resolveClassName(PROVIDER, loader))
                            .isEmpty();
        }
    }
}

package io.github.deepthink4j.spring;

import io.github.deepthink4j.model.DeepSeekConnectionBuilder;
import io.github.deepthink4j.settings.HttpTransport;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;

/** How the models, the catalog and the account reach their servers, by properties and by beans of the context. */
final class Connections {

    private static final String TASK_EXECUTOR = "applicationTaskExecutor";
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final ModelBlocks blocks;
    private final BeanFactory beans;
    private final Environment environment;

    Connections(ModelBlocks blocks, BeanFactory beans, Environment environment) {
        this.blocks = blocks;
        this.beans = beans;
        this.environment = environment;
    }

    <B extends DeepSeekConnectionBuilder<B>> B connected(B builder, String name) {
        ConnectionProperties connection = blocks.properties(name);
        String prefix = blocks.prefix(name);
        UnusableSettingException.checked(prefix + ".api-key", () -> builder.apiKey(blocks.apiKey(name)));
        builder.baseUrl(ModelBlocks.filled(connection.getBaseUrl()))
                .sslContext(sslContext(prefix, connection.getSslBundle()))
                .proxy(proxy(prefix, connection.getProxy()))
                .executor(executor(prefix, connection.getExecutor()))
                .transport(OneBean.find(beans, HttpTransport.class));
        UnusableSettingException.checked(
                prefix + ".custom-query-params", () -> builder.customQueryParams(connection.getCustomQueryParams()));
        builder.timeouts(UnusableSettingException.checked(
                prefix + ".timeouts", () -> Waiting.timeouts(connection.getTimeouts())));
        if (!connection.getCustomHeaders().isEmpty()) {
            UnusableSettingException.checked(
                    prefix + ".custom-headers", () -> builder.customHeaders(connection.getCustomHeaders()));
        }
        DeepSeekModels.ifSet(connection.getLogRequests(), builder::logRequests);
        DeepSeekModels.ifSet(connection.getLogResponses(), builder::logResponses);
        return builder;
    }

    /** What the library says to an address or a missing key, in the words of a file of properties. */
    <T> T built(String name, Supplier<T> built) {
        String prefix = blocks.prefix(name);
        try {
            return built.get();
        } catch (IllegalArgumentException e) {
            String reason = String.valueOf(e.getMessage());
            if (reason.startsWith("apiKey is missing")) {
                throw new UnusableSettingException(
                        prefix + ".api-key",
                        "the key is missing, and DeepSeek needs one",
                        "Set the environment variable " + ModelBlocks.KEY_VARIABLE + ", or " + prefix
                                + ".api-key, best to the name of a secret and not to the key itself",
                        e);
            }
            return UnusableSettingException.checked(prefix, () -> {
                throw e;
            });
        }
    }

    private @Nullable SSLContext sslContext(String prefix, @Nullable String bundle) {
        if (bundle == null || bundle.isBlank()) {
            return null;
        }
        String property = prefix + ".ssl-bundle";
        SslBundles bundles = OneBean.find(beans, SslBundles.class);
        if (bundles == null) {
            throw new UnusableSettingException(
                    property,
                    "there are no SSL bundles in this application",
                    "Leave it out, or use Boot's SslAutoConfiguration");
        }
        try {
            return bundles.getBundle(bundle).createSslContext();
        } catch (NoSuchSslBundleException e) {
            throw new UnusableSettingException(
                    property,
                    "there is no SSL bundle '" + bundle + "'",
                    "Describe it below spring.ssl.bundle.pem or spring.ssl.bundle.jks",
                    e);
        }
    }

    private @Nullable ProxySelector proxy(String prefix, ProxyProperties proxy) {
        String host = proxy.getHost();
        if (host == null || host.isBlank()) {
            return OneBean.find(beans, ProxySelector.class, ", or set " + prefix + ".proxy.host");
        }
        ValueChecks.proxy(prefix, host.trim(), proxy.getPort());
        // Unresolved: the name may be one that is found only later, or elsewhere.
        return UnusableSettingException.checked(
                prefix + ".proxy.port",
                () -> ProxySelector.of(InetSocketAddress.createUnresolved(host.trim(), proxy.getPort())));
    }

    private @Nullable Executor executor(String prefix, @Nullable String name) {
        if (name == null || name.isBlank()) {
            boolean virtual = environment.getProperty("spring.threads.virtual.enabled", Boolean.class, false)
                    && Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS;
            return virtual && beans.containsBean(TASK_EXECUTOR) ? beans.getBean(TASK_EXECUTOR, Executor.class) : null;
        }
        if (!beans.containsBean(name) || !beans.isTypeMatch(name, Executor.class)) {
            throw new UnusableSettingException(
                    prefix + ".executor",
                    "there is no bean '" + name + "' that is an Executor",
                    "Use the name of one, such as " + TASK_EXECUTOR + ", or leave it out");
        }
        return beans.getBean(name, Executor.class);
    }
}

package io.github.deepthink4j.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/** How to reach a server. What is {@code null} is as the library's builders have it. */
class ConnectionProperties {

    /** The key of the account; without it DEEPSEEK_API_KEY of the environment. It goes only to the host that it stands beside. A host that wants no key needs none. */
    private @Nullable String apiKey;

    /** Where the API is, such as http://localhost:8000/v1; https://api.deepseek.com if it is not set. */
    private @Nullable String baseUrl;

    /** Headers for each request; they win over those of the library, Authorization included. */
    private Map<String, String> customHeaders = new LinkedHashMap<>();

    /** Query parameters for each request, such as the api-version of Azure. */
    private Map<String, String> customQueryParams = new LinkedHashMap<>();

    /** Name of the SSL bundle (spring.ssl.bundle) with the certificates to trust and to show. */
    private @Nullable String sslBundle;

    /** Name of the bean that callbacks run on, such as applicationTaskExecutor. If it is not set, that one with spring.threads.virtual.enabled, and else threads of the library's own. */
    private @Nullable String executor;

    /** Whether requests are logged at INFO level, bodies whole, keys never; false by default. */
    private @Nullable Boolean logRequests;

    /** Whether responses are logged at INFO level; false by default. */
    private @Nullable Boolean logResponses;

    /** How long to wait for what. */
    @NestedConfigurationProperty
    private TimeoutProperties timeouts = new TimeoutProperties();

    /** The proxy to go through; if no host is set, a ProxySelector bean, and else that of the JVM. */
    @NestedConfigurationProperty
    private ProxyProperties proxy = new ProxyProperties();

    public @Nullable String getApiKey() {
        return apiKey;
    }

    public void setApiKey(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    public @Nullable String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(@Nullable String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public Map<String, String> getCustomHeaders() {
        return customHeaders;
    }

    public void setCustomHeaders(Map<String, String> customHeaders) {
        this.customHeaders = customHeaders;
    }

    public Map<String, String> getCustomQueryParams() {
        return customQueryParams;
    }

    public void setCustomQueryParams(Map<String, String> customQueryParams) {
        this.customQueryParams = customQueryParams;
    }

    public @Nullable String getSslBundle() {
        return sslBundle;
    }

    public void setSslBundle(@Nullable String sslBundle) {
        this.sslBundle = sslBundle;
    }

    public @Nullable String getExecutor() {
        return executor;
    }

    public void setExecutor(@Nullable String executor) {
        this.executor = executor;
    }

    public @Nullable Boolean getLogRequests() {
        return logRequests;
    }

    public void setLogRequests(@Nullable Boolean logRequests) {
        this.logRequests = logRequests;
    }

    public @Nullable Boolean getLogResponses() {
        return logResponses;
    }

    public void setLogResponses(@Nullable Boolean logResponses) {
        this.logResponses = logResponses;
    }

    public TimeoutProperties getTimeouts() {
        return timeouts;
    }

    public void setTimeouts(TimeoutProperties timeouts) {
        this.timeouts = timeouts;
    }

    public ProxyProperties getProxy() {
        return proxy;
    }

    public void setProxy(ProxyProperties proxy) {
        this.proxy = proxy;
    }
}

package io.github.deepthink4j.spring;

import org.jspecify.annotations.Nullable;

/** An HTTP proxy. */
class ProxyProperties {

    /** Name or address of the proxy. */
    private @Nullable String host;

    /** Port of the proxy. */
    private Integer port = 3128;

    public @Nullable String getHost() {
        return host;
    }

    public void setHost(@Nullable String host) {
        this.host = host;
    }

    public Integer getPort() {
        return port;
    }

    public void setPort(Integer port) {
        this.port = port;
    }
}

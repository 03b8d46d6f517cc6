package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.Scheduler;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.ProxySelector;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** What a transport's connections are made with. */
final class Dialer {

    private final EventLoopGroup group;
    private final Class<? extends SocketChannel> channelType;
    private final Pool pool;
    private final ProxySelector proxies;
    private final SSLContext sslContext;
    private final Scheduler scheduler;

    Dialer(
            EventLoopGroup group,
            Class<? extends SocketChannel> channelType,
            Pool pool,
            ProxySelector proxies,
            SSLContext sslContext,
            Scheduler scheduler) {
        this.group = group;
        this.channelType = channelType;
        this.pool = pool;
        this.proxies = proxies;
        this.sslContext = sslContext;
        this.scheduler = scheduler;
    }

    Pool pool() {
        return pool;
    }

    ProxySelector proxies() {
        return proxies;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    EventLoop nextLoop() {
        return group.next();
    }

    /** Reads what it is asked to, and goes on reading when it can't write. */
    Bootstrap on(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.AUTO_CLOSE, false)
                .option(ChannelOption.TCP_NODELAY, true)
                // The limit is ours, over all that belongs to a connection.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    }

    /** The certificate has to be for this host. */
    SslHandler tls(Route route) {
        SSLEngine engine = sslContext.createSSLEngine(route.plainHost(), route.port());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        SslHandler handler = new SslHandler(engine);
        // The limit on the whole connection holds.
        handler.setHandshakeTimeoutMillis(0);
        return handler;
    }
}

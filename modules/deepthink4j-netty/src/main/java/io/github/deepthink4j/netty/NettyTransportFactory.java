package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.Transport;
import io.github.deepthink4j.internal.http.TransportFactory;
import io.github.deepthink4j.internal.http.TransportSettings;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.net.ProxySelector;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What was chosen: makes a transport for each model. */
final class NettyTransportFactory implements TransportFactory {

    private final @Nullable EventLoopGroup group;
    private final Class<? extends SocketChannel> channelType;
    private final boolean callbacksOnEventLoop;
    private final Duration keepIdle;

    NettyTransportFactory(NettyTransport.Builder builder) {
        this.group = builder.eventLoopGroup;
        this.channelType = builder.channelType;
        this.callbacksOnEventLoop = builder.callbacksOnEventLoop;
        this.keepIdle = builder.keepIdle;
    }

    @Override
    public Transport create(TransportSettings settings) {
        if (callbacksOnEventLoop && settings.executor() != null) {
            throw new IllegalArgumentException(
                    "executor has no effect beside callbacksOnEventLoop of NettyTransport: set the one or the other");
        }
        ProxySelector proxies = settings.proxy() == null ? ProxySelector.getDefault() : settings.proxy();
        SSLContext sslContext = settings.sslContext() == null ? defaultSslContext() : settings.sslContext();
        Loops loops = group == null ? Loops.shared() : Loops.of(group);
        Pool pool = new Pool(keepIdle, loops::release);
        Dialer dialer = new Dialer(loops.group(), channelType, pool, proxies, sslContext, settings.scheduler());
        return new PooledTransport(dialer, settings.executor(), callbacksOnEventLoop, settings.scheduler());
    }

    private static SSLContext defaultSslContext() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JVM can make no secure connections", e);
        }
    }
}

package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.OwnThreads;
import io.github.deepthink4j.internal.http.ProxiedException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The way to a connection: look-up, TCP, a proxy's tunnel, TLS. All of it within one limit, and on one loop but for the look-up. */
final class Dialling extends ChannelInboundHandlerAdapter implements Wire {

    private final Dialer dialer;
    private final Route route;
    private final NettyCall call;
    private final EventLoop loop;
    private @Nullable Channel channel;
    private Runnable withdrawLimit = () -> {};
    private boolean over;

    Dialling(Dialer dialer, Route route, NettyCall call, EventLoop loop) {
        this.dialer = dialer;
        this.route = route;
        this.call = call;
        this.loop = loop;
    }

    void start() {
        if (!dialer.pool().begin()) {
            over = true;
            call.lost(new ClosedChannelException());
            return;
        }
        withdrawLimit = dialer.scheduler().schedule(() -> onLoop(this::exceedLimit), call.connectLimit());
        InetSocketAddress proxy = route.proxy();
        if (proxy == null) {
            lookUp(route.plainHost(), route.port());
        } else if (proxy.isUnresolved()) {
            lookUp(proxy.getHostString(), proxy.getPort());
        } else {
            connect(proxy);
        }
    }

    /** The JDK's look-up blocks, and knows what the system knows. */
    private void lookUp(String host, int port) {
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            connect(new InetSocketAddress(literal, port));
            return;
        }
        OwnThreads.run(() -> {
            try {
                InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
                onLoop(() -> connect(address));
            } catch (Throwable e) {
                onLoop(() -> fail(e));
            }
        });
    }

    private void connect(InetSocketAddress address) {
        if (over) {
            return;
        }
        ChannelFuture connecting = dialer.on(loop).handler(this).connect(address);
        channel = connecting.channel();
        connecting.channel().closeFuture().addListener(closed -> dialer.pool().ended());
        connecting.addListener(connected -> {
            if (connected.isSuccess()) {
                proceed(connecting.channel());
            } else {
                fail(connected.cause());
            }
        });
    }

    private void proceed(Channel opened) {
        if (over) {
            return;
        }
        if (route.isTunnelled()) {
            opened.pipeline().addFirst(new Tunnel(route, this));
        } else {
            secure(opened);
        }
    }

    /** Bytes reach the server now. */
    void secure(Channel opened) {
        if (over) {
            return;
        }
        if (!route.secure()) {
            serve(opened);
            return;
        }
        try {
            SslHandler tls = dialer.tls(route);
            tls.handshakeFuture().addListener(shaken -> {
                if (shaken.isSuccess()) {
                    serve(opened);
                } else {
                    fail(shaken.cause());
                }
            });
            opened.pipeline().addFirst(tls);
            opened.read();
        } catch (Throwable e) {
            // The SSL context may be the user's own.
            fail(e);
        }
    }

    private void serve(Channel opened) {
        if (end()) {
            Connection connection = new Connection(opened, route, dialer.pool());
            opened.pipeline().replace(this, null, connection);
            connection.serve(call);
        }
    }

    void fail(Throwable cause) {
        if (end()) {
            close();
            InetSocketAddress proxy = route.proxy();
            call.lost(proxy == null ? cause : ProxiedException.through(proxy, cause));
        }
    }

    private void exceedLimit() {
        fail(new HttpConnectTimeoutException("No connection in time"));
    }

    /** Whether it was not over yet. */
    private boolean end() {
        boolean first = !over;
        over = true;
        withdrawLimit.run();
        if (first && channel == null) {
            dialer.pool().ended();
        }
        return first;
    }

    private void close() {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(new ClosedChannelException());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    @Override
    public void abandon(NettyCall call) {
        onLoop(() -> {
            if (end()) {
                close();
            }
        });
    }

    /** A loop that has ended has closed all that was its own. */
    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            return;
        }
    }
}

package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.MultipartForm;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An open connection, which serves one call at a time. All but what is said to work from any thread belongs to its event loop. It
 * reads when it is asked to; while it is idle it reads in order to hear of its end.
 */
final class Connection extends ChannelInboundHandlerAdapter implements Wire, ResponseParser.Sink {

    private final Channel channel;
    private final Route route;
    private final Pool pool;
    private final ResponseParser parser = new ResponseParser(this);
    private @Nullable NettyCall call;
    private @Nullable Throwable cause;
    private boolean used;
    private boolean hasSent;
    private boolean hasReceived;
    private boolean hasTooMuch;

    Connection(Channel channel, Route route, Pool pool) {
        this.channel = channel;
        this.route = route;
        this.pool = pool;
    }

    Route route() {
        return route;
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    /** From any thread. */
    void onLoop(Runnable task) {
        loop().execute(task);
    }

    /** From any thread. */
    boolean isOpen() {
        return channel.isActive();
    }

    /** From any thread. */
    void close() {
        channel.close();
    }

    void read() {
        channel.read();
    }

    void serve(NettyCall next) {
        if (!next.holds(this)) {
            // Cancelled meanwhile: nothing was sent.
            makeIdle();
            return;
        }
        if (!channel.isActive()) {
            next.startAnew();
            return;
        }
        call = next;
        cause = null;
        hasSent = false;
        hasReceived = false;
        next.runsOn(this);
        parser.begin(false);
        send(next);
        channel.read();
    }

    private void send(NettyCall next) {
        byte[] body = next.body();
        ByteBuf head = Unpooled.wrappedBuffer(next.head());
        MultipartForm form = next.form();
        ChannelFuture sent;
        if (form != null) {
            channel.write(head);
            new FormWriter(channel, form, failure -> sent(next, failure)).start();
            return;
        }
        if (body == null) {
            sent = channel.writeAndFlush(head);
        } else {
            channel.write(head);
            sent = channel.writeAndFlush(Unpooled.wrappedBuffer(body));
        }
        sent.addListener(future -> sent(next, future.cause()));
    }

    /** A server may answer and hang up before it has read everything: what it says is read all the same. */
    private void sent(NettyCall next, @Nullable Throwable failure) {
        if (call == next) {
            hasSent = failure == null;
            cause = failure;
            if (failure != null && !(failure instanceof IOException)) {
                channel.close();
            }
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            hasReceived |= in.isReadable();
            parser.read(in);
            hasTooMuch |= in.isReadable();
        } catch (IOException e) {
            fail(e);
        } finally {
            in.release();
        }
    }

    private void fail(Throwable error) {
        cause = error;
        channel.close();
    }

    @Override
    public void head(int status, Map<String, List<String>> headers) {
        NettyCall current = call;
        if (current != null) {
            current.head(status, headers);
        }
    }

    @Override
    public void body(ByteBuf from, int length) {
        NettyCall current = call;
        if (current == null) {
            from.skipBytes(length);
        } else {
            current.body(from, length);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        NettyCall current = call;
        if (hasTooMuch && current == null) {
            channel.close();
        } else if (current == null) {
            channel.read();
        } else if (parser.isOver()) {
            finish(current);
        } else {
            current.goOn();
        }
    }

    /** The connection is free before the listener has had the end: his last callback may send the next request. */
    private void finish(NettyCall current) {
        call = null;
        used = true;
        if (hasSent && !hasTooMuch && parser.keepsConnection() && channel.isActive()) {
            makeIdle();
        } else {
            channel.close();
        }
        current.ended();
    }

    private void makeIdle() {
        if (channel.isActive() && pool.put(this)) {
            channel.read();
        } else {
            channel.close();
        }
    }

    /** A TLS server says that it sends no more; some then leave the connection itself open (RFC 8446, section 6.1). */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslCloseCompletionEvent) {
            channel.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) {
        fail(error);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        pool.forget(this);
        NettyCall current = call;
        if (current != null) {
            call = null;
            lose(current);
        }
    }

    private void lose(NettyCall current) {
        if (used && !hasReceived && current.isIdempotent()) {
            current.startAnew();
            return;
        }
        try {
            if (cause == null) {
                parser.closed();
                current.ended();
            } else {
                current.lost(cause);
            }
        } catch (EOFException e) {
            current.lost(e);
        }
    }

    @Override
    public void abandon(NettyCall abandoning) {
        if (loop().inEventLoop()) {
            abandonNow(abandoning);
        } else if (!loop().isShuttingDown()) {
            loop().execute(() -> abandonNow(abandoning));
        }
    }

    private void abandonNow(NettyCall abandoning) {
        if (call == abandoning) {
            call = null;
            channel.close();
        }
    }
}

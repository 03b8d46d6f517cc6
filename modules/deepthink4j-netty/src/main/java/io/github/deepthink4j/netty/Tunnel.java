package io.github.deepthink4j.netty;

import io.github.deepthink4j.internal.http.ProxiedException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Asks a proxy for a way through to the server, and makes room once it is there. */
final class Tunnel extends ChannelInboundHandlerAdapter implements ResponseParser.Sink {

    private final Route route;
    private final Dialling dialling;
    private final ResponseParser parser = new ResponseParser(this);
    private int status;

    Tunnel(Route route, Dialling dialling) {
        this.route = route;
        this.dialling = dialling;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        parser.begin(true);
        context.writeAndFlush(Unpooled.wrappedBuffer(RequestHead.connect(route)))
                .addListener(sent -> {
                    if (!sent.isSuccess()) {
                        dialling.fail(sent.cause());
                    }
                });
        context.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            parser.read(in);
        } catch (IOException e) {
            dialling.fail(e);
        } finally {
            in.release();
        }
    }

    @Override
    public void head(int status, Map<String, List<String>> headers) {
        this.status = status;
    }

    @Override
    public void body(ByteBuf from, int length) {
        from.skipBytes(length);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (status == 0) {
            context.read();
        } else if (status / 100 == 2) {
            context.pipeline().remove(this);
            dialling.secure(context.channel());
        } else {
            dialling.fail(ProxiedException.refused(status));
        }
    }
}

package io.github.deepthink4j.benchmarks.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;

/** Tells each who writes a line what has been seen; "reset" forgets the worst lag. */
final class ControlHandler extends SimpleChannelInboundHandler<String> {

    private final Answers answers;

    ControlHandler(Answers answers) {
        this.answers = answers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, String line) {
        String counts = answers.counts().line();
        if (line.equals("reset")) {
            answers.forgetLag();
        }
        context.writeAndFlush(Unpooled.copiedBuffer(counts + "\n", StandardCharsets.US_ASCII));
    }
}

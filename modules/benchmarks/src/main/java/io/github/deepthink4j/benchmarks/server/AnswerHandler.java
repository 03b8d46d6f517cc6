package io.github.deepthink4j.benchmarks.server;

import io.github.deepthink4j.benchmarks.server.Script.Hold;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;

/** One connection: answers each request by the script that its path names. */
final class AnswerHandler extends SimpleChannelInboundHandler<FullHttpRequest> {

    private final Answers answers;
    private boolean answering;

    AnswerHandler(Answers answers) {
        this.answers = answers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        answers.requested();
        Script script = Script.ofUri(request.uri());
        if (script.hold() != null) {
            hold(context, script.hold());
        } else if (script.perSecond() > 0) {
            answering = true;
            context.writeAndFlush(Unpooled.wrappedBuffer(Wire.STREAM_HEAD), context.voidPromise());
            answers.pace(new PacedAnswer(context, answers, script, () -> answering = false));
        } else {
            context.writeAndFlush(answers.whole(script), context.voidPromise());
        }
    }

    private void hold(ChannelHandlerContext context, Hold hold) {
        answering = true;
        byte[] thoughts = Wire.join(Wire.thought("First,"), Wire.thought(" the"), Wire.thought(" question."));
        byte[] text = Wire.join(Wire.text("It"), Wire.text(" is"), Wire.text(" so."));
        byte[] bytes = switch (hold) {
            case BEFORE_HEAD -> new byte[0];
            case AFTER_HEAD -> Wire.STREAM_HEAD;
            case IN_THOUGHT -> Wire.join(Wire.STREAM_HEAD, thoughts);
            case IN_TEXT -> Wire.join(Wire.STREAM_HEAD, thoughts, text);
            case AT_END -> Wire.join(Wire.STREAM_HEAD, thoughts, text, Wire.finish());
        };
        context.writeAndFlush(Unpooled.wrappedBuffer(bytes)).addListener(sent -> answers.held());
        if (hold == Hold.IN_THOUGHT || hold == Hold.IN_TEXT) {
            answers.pace(new Trickle(context, hold == Hold.IN_THOUGHT ? Wire.thought(" and") : Wire.text(" and")));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (answering) {
            answers.closed();
        }
        context.fireChannelInactive();
    }

    /** The client has gone away: {@link #channelInactive} follows. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}

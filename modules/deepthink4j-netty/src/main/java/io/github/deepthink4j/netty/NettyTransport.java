package io.github.deepthink4j.netty;

import static java.util.Objects.requireNonNull;

import io.github.deepthink4j.settings.HttpTransport;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Netty as what carries the requests: {@code DeepSeekChatModel.builder().transport(NettyTransport.create())}. For many streams at
 * a time, since a piece of an answer costs less than with the JDK's client. Each model has connections of its own, as many as
 * it has calls; all models share the event loops, as many as there are processors, which end when the last model has been closed.
 */
public final class NettyTransport {

    private NettyTransport() {}

    /** With the defaults of {@link #builder()}. */
    public static HttpTransport create() {
        return builder().build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a transport, which may be given to any number of models. */
    public static final class Builder {

        @Nullable
        EventLoopGroup eventLoopGroup;

        Class<? extends SocketChannel> channelType = NioSocketChannel.class;
        boolean callbacksOnEventLoop;
        Duration keepIdle = Duration.ofSeconds(30);

        private Builder() {}

        /**
         * Event loops of one's own, in place of ours; they are never shut down here.
         *
         * @param channelType what goes with them, such as {@code NioSocketChannel.class}
         */
        public Builder eventLoopGroup(EventLoopGroup eventLoopGroup, Class<? extends SocketChannel> channelType) {
            this.eventLoopGroup = requireNonNull(eventLoopGroup, "eventLoopGroup");
            this.channelType = requireNonNull(channelType, "channelType");
            return this;
        }

        /**
         * Whether callbacks run on the event loop that has read the bytes, without being handed over to another thread. A callback
         * that blocks, such as a blocking call of a model, then holds up all streams of its loop, so it is off by default.
         * It does not go with an executor of the model's.
         */
        public Builder callbacksOnEventLoop(boolean callbacksOnEventLoop) {
            this.callbacksOnEventLoop = callbacksOnEventLoop;
            return this;
        }

        /**
         * How long a connection without a call is kept for the next one; 30 seconds by default.
         *
         * @throws IllegalArgumentException if it is zero or negative
         */
        public Builder keepIdle(Duration keepIdle) {
            if (keepIdle.isZero() || keepIdle.isNegative()) {
                throw new IllegalArgumentException("keepIdle must be longer than zero, but is " + keepIdle);
            }
            this.keepIdle = keepIdle;
            return this;
        }

        public HttpTransport build() {
            return new NettyTransportFactory(this);
        }
    }
}

package io.github.deepthink4j.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;

/**
 * The server of the load scenarios, in a process of its own: one event loop, answers written ahead. It says on which ports
 * it listens (plain, TLS, control) and ends when its input does.
 *
 * <p>Usage: {@code LoadServer KEYSTORE PASSWORD}
 */
public final class LoadServer {

    private static final int MAX_REQUEST = 64 << 20;

    private LoadServer() {}

    public static void main(String[] args) throws Exception {
        SslContext tls = tls(Path.of(args[0]), args[1].toCharArray());
        EventLoop loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()).next();
        Answers answers = new Answers(loop);
        int plain = listen(loop, channel -> http(channel, answers));
        int secure = listen(loop, channel -> {
            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
            http(channel, answers);
        });
        int control = listen(
                loop,
                channel -> channel.pipeline()
                        .addLast(new LineBasedFrameDecoder(100))
                        .addLast(new StringDecoder())
                        .addLast(new ControlHandler(answers)));
        System.out.println(plain + " " + secure + " " + control);
        while (System.in.read() != -1) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        System.exit(0);
    }

    private interface Pipeline {
        void fill(SocketChannel channel);
    }

    private static int listen(EventLoop loop, Pipeline pipeline) throws InterruptedException {
        Channel server = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 10_000)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        pipeline.fill(channel);
                    }
                })
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private static void http(SocketChannel channel, Answers answers) {
        channel.pipeline()
                .addLast(new HttpRequestDecoder())
                .addLast(new HttpObjectAggregator(MAX_REQUEST))
                .addLast(new AnswerHandler(answers));
    }

    private static SslContext tls(Path file, char[] password) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            store.load(in, password);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        return SslContextBuilder.forServer(keys).build();
    }
}

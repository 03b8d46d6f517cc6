package io.github.deepthink4j.netty;

import io.github.deepthink4j.faults.ConnectionFaultKit;
import io.github.deepthink4j.faults.FaultKit;
import io.github.deepthink4j.faults.Way;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.provider.Arguments;

/** Whatever goes wrong is the same error as over the JDK's client. */
class NettyFaultTest {

    private static List<Way> ways() {
        return Stream.of(
                        Way.over("Netty", builder -> builder.transport(NettyTransport.create())),
                        Way.over(
                                "Netty's loop",
                                builder -> builder.transport(NettyTransport.builder()
                                        .callbacksOnEventLoop(true)
                                        .build())))
                .flatMap(List::stream)
                .toList();
    }

    @Nested
    class Faults extends FaultKit {
        static Stream<Arguments> faults() {
            return faults(NettyFaultTest.ways());
        }
    }

    @Nested
    class ConnectionFaults extends ConnectionFaultKit {
        static List<Way> ways() {
            return NettyFaultTest.ways();
        }
    }
}

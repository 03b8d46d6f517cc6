package io.github.deepthink4j.benchmarks.subject;

import io.github.deepthink4j.netty.NettyTransport;

/** This project over Netty. */
final class NettySubjects {

    private NettySubjects() {}

    /** As it comes. */
    static Subject handingOver(String baseUrl) {
        return new Deepthink4jSubject(baseUrl, NettyTransport.create());
    }

    /** For callbacks that never block. */
    static Subject onEventLoop(String baseUrl) {
        return new Deepthink4jSubject(
                baseUrl, NettyTransport.builder().callbacksOnEventLoop(true).build());
    }
}

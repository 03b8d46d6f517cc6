package io.github.deepthink4j.netty;

/** What a call holds of the network: a connection, or one that is still to come. */
interface Wire {

    /** Closes it, if it is still this call's; from any thread. */
    void abandon(NettyCall call);
}

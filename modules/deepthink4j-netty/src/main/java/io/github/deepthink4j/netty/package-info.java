/**
 * DeepSeek over Netty: event loops in place of the JDK's HTTP client, chosen by one line on any builder.
 */
@NullMarked
package io.github.deepthink4j.netty;

import org.jspecify.annotations.NullMarked;

/** A local DeepSeek that speaks the protocol and enforces each generation's rules. */
@NullMarked
package io.github.deepthink4j.testkit;

import org.jspecify.annotations.NullMarked;

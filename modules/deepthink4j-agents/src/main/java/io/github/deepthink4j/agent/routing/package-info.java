/** Tool calling although the reasoner has none: a reasoner and a tool caller as one model. */
@NullMarked
package io.github.deepthink4j.agent.routing;

import org.jspecify.annotations.NullMarked;

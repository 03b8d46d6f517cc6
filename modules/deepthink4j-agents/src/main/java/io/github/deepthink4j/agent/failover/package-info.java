/** Several models in order: the next one is asked where the one before has failed. */
@NullMarked
package io.github.deepthink4j.agent.failover;

import org.jspecify.annotations.NullMarked;

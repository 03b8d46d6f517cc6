/**
 * What models made of several share: their parts, the requests of the parts, the steps of an answer. Internal: not for callers, and
 * free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.agent.internal;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;

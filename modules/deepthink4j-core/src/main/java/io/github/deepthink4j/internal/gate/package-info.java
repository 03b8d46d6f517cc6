/**
 * What may hold a call back before it is sent. Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.gate;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;

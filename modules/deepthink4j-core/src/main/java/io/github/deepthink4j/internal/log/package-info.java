/**
 * Log lines that can't harm what they tell of. Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.log;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;

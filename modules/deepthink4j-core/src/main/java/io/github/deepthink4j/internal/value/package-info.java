/**
 * What the public values share: equality and text. Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.value;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;

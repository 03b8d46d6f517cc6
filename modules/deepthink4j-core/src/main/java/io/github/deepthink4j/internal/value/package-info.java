/**
 * What values share: equality, text, and JSON whose shape is not known before. Internal: not for callers, and free to change in any release.
 */
@Internal
@NullMarked
package io.github.deepthink4j.internal.value;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;

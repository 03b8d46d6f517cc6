/** What the class path finds, and how files are read. */
@Internal
@NullMarked
package io.github.deepthink4j.cost.internal;

import dev.langchain4j.Internal;
import org.jspecify.annotations.NullMarked;

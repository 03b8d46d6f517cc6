/** One exception for each cause that a user reacts to differently; each extends LangChain4j's own for that cause. */
@NullMarked
package io.github.deepthink4j.error;

import org.jspecify.annotations.NullMarked;

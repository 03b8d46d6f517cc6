/** What marks the packages below. Internal: not for callers, and free to change in any release. */
@Internal
@NullMarked
package io.github.deepthink4j.testkit.internal;

import org.jspecify.annotations.NullMarked;

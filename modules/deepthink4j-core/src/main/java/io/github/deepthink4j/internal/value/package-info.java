/**
 * What the public values share: equality and text. Internal: not for callers, and free to change in any release.
 */
@NullMarked
package io.github.deepthink4j.internal.value;

import org.jspecify.annotations.NullMarked;

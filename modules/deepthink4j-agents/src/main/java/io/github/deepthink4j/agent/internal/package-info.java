/**
 * What models made of several share: their parts, the requests of the parts, the steps of an answer. Internal: not for callers, and
 * free to change in any release.
 */
@NullMarked
package io.github.deepthink4j.agent.internal;

import org.jspecify.annotations.NullMarked;

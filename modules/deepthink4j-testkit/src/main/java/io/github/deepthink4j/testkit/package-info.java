/**
 * A local DeepSeek that speaks the protocol and enforces each generation's rules. This is where one enters:
 *
 * <ul>
 *   <li>{@link io.github.deepthink4j.testkit.DeepSeekSimulator} anywhere;
 *   <li>{@link io.github.deepthink4j.testkit.DeepSeekExtension} and {@link io.github.deepthink4j.testkit.DeepSeekTest} with
 *       JUnit Jupiter;
 *   <li>{@link io.github.deepthink4j.testkit.DeepSeekWireMock} within WireMock;
 *   <li>{@link io.github.deepthink4j.testkit.DeepSeekRecorder} in front of the real one.
 * </ul>
 */
@NullMarked
package io.github.deepthink4j.testkit;

import org.jspecify.annotations.NullMarked;

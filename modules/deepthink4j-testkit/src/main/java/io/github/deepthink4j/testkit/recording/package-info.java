/** Recorded exchanges with DeepSeek: their files, what is kept out of them, and when a request is the recorded one. */
@NullMarked
package io.github.deepthink4j.testkit.recording;

import org.jspecify.annotations.NullMarked;

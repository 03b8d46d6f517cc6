/** From bytes to an answer: pure stages without I/O, threads or a clock. */
@NullMarked
package io.github.deepthink4j.stream;

import org.jspecify.annotations.NullMarked;

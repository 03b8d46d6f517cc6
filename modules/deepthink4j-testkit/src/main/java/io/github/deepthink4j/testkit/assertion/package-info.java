/** AssertJ assertions about what an application has sent to the simulator. */
@NullMarked
package io.github.deepthink4j.testkit.assertion;

import org.jspecify.annotations.NullMarked;

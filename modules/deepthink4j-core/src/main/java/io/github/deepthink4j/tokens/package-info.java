/** How many tokens a request will have, estimated without asking anybody. */
@NullMarked
package io.github.deepthink4j.tokens;

import org.jspecify.annotations.NullMarked;

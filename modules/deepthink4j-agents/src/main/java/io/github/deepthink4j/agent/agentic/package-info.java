/** For LangChain4j's agentic module, which is needed for this package alone. */
@NullMarked
package io.github.deepthink4j.agent.agentic;

import org.jspecify.annotations.NullMarked;

/** From the messages of a conversation to the messages that a model wants to be sent: LangChain4j's in, LangChain4j's out. */
@NullMarked
package io.github.deepthink4j.history;

import org.jspecify.annotations.NullMarked;

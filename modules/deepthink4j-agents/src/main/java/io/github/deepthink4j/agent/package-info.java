/** Chat models made of chat models: any of LangChain4j's can be a part, and wherever LangChain4j takes one, these fit. */
@NullMarked
package io.github.deepthink4j.agent;

import org.jspecify.annotations.NullMarked;

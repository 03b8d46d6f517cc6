/** LangChain4j's chat models for DeepSeek, blocking and streaming, and what belongs to them. */
@NullMarked
package io.github.deepthink4j.model;

import org.jspecify.annotations.NullMarked;

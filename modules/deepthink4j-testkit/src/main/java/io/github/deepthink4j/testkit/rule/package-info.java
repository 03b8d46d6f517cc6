/** What is simulated: the generations of DeepSeek's API, and the rules that each can be held to. */
@NullMarked
package io.github.deepthink4j.testkit.rule;

import org.jspecify.annotations.NullMarked;

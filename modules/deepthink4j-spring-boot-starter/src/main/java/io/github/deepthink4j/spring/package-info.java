/** DeepSeek's models as beans of a Spring Boot application, by properties. */
@NullMarked
package io.github.deepthink4j.spring;

import org.jspecify.annotations.NullMarked;

package io.github.deepthink4j.samples.agent;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Takes seconds, and shows what others show as well: skipped, and reported as skipped, but with {@code mvn verify -Pthorough}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = "thorough", matches = "true", disabledReason = "run by mvn verify -Pthorough")
public @interface OnlyThorough {}

package io.github.deepthink4j.thorough;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The same kit over one more generation: skipped, and reported as skipped, but with {@code mvn verify -Pthorough}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(named = Thorough.PROPERTY, matches = "true", disabledReason = "run by mvn verify -Pthorough")
public @interface OnlyThorough {}

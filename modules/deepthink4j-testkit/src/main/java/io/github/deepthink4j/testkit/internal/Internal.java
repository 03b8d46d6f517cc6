package io.github.deepthink4j.testkit.internal;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On packages that are not for callers and free to change in any release. LangChain4j has an annotation of this name, which the
 * other modules use; the test kit stands without LangChain4j.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PACKAGE)
public @interface Internal {}

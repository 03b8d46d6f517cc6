/** Metrics and traces of chat models, by Micrometer and under the names of OpenTelemetry's conventions for generative AI. */
@NullMarked
package io.github.deepthink4j.micrometer;

import org.jspecify.annotations.NullMarked;

package io.github.deepthink4j.spring;

/** Configurations of Boot's, ours to come after, which Boot 4 has moved to modules of their own. */
final class BootNames {

    static final String DATA_SOURCE_3 = "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration";
    static final String DATA_SOURCE_4 = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

    static final String OBSERVATIONS_3 =
            "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration";
    static final String OBSERVATIONS_4 =
            "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration";

    static final String METERS_3 =
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration";
    static final String METERS_4 =
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration";

    private BootNames() {}
}

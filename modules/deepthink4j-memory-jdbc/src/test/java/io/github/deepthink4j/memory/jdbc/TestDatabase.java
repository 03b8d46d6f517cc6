package io.github.deepthink4j.memory.jdbc;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** H2 always, the others where .ci/databases, or somebody else, has said where they are. They must be there for tests alone. */
enum TestDatabase {
    H2_IN_MEMORY(Database.H2, "jdbc:h2:mem:chat;DB_CLOSE_DELAY=-1"),
    POSTGRES(Database.POSTGRESQL, System.getenv(TestDatabase.POSTGRESQL_ADDRESS)),
    MARIADB(Database.MYSQL, System.getenv(TestDatabase.MARIADB_ADDRESS));

    private static final String POSTGRESQL_ADDRESS = "CHAT_MEMORY_TEST_POSTGRESQL";
    private static final String MARIADB_ADDRESS = "CHAT_MEMORY_TEST_MARIADB";

    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIfEnvironmentVariable(
            named = POSTGRESQL_ADDRESS,
            matches = ".+",
            disabledReason = "skipped: " + POSTGRESQL_ADDRESS + " names no PostgreSQL")
    @interface IfPostgreSql {}

    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIfEnvironmentVariable(
            named = MARIADB_ADDRESS,
            matches = ".+",
            disabledReason = "skipped: " + MARIADB_ADDRESS + " names no MariaDB")
    @interface IfMariaDb {}

    private final Database kind;
    private final String address;

    TestDatabase(Database kind, String address) {
        this.kind = kind;
        this.address = address;
    }

    Database kind() {
        return kind;
    }

    String address() {
        return address;
    }
}

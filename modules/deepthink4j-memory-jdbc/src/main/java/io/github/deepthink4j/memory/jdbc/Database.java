package io.github.deepthink4j.memory.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The databases that a {@link JdbcChatMemoryStore} knows. */
public enum Database {

    /** PostgreSQL, 10 or later, and what speaks its language. */
    POSTGRESQL('"', 63),

    /** MySQL, 5.7 or later, and MariaDB, 10.4 or later, with InnoDB. */
    MYSQL('`', 64),

    /** H2, 2 or later, in any of its modes. */
    H2('"', 256);

    private final char quote;
    private final int longestName;

    Database(char quote, int longestName) {
        this.quote = quote;
        this.longestName = longestName;
    }

    static Database of(Connection connection) throws SQLException {
        Database known = ifKnown(connection);
        if (known == null) {
            throw new ChatMemoryStoreException(
                    "The database calls itself '" + connection.getMetaData().getDatabaseProductName()
                            + "', which is none that is known here. If it speaks the language of one that is, say so: database(...) of the store's builder",
                    null);
        }
        return known;
    }

    /** As it calls itself; {@code null} if that is none of these. */
    static @Nullable Database ifKnown(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String product = metaData == null ? null : metaData.getDatabaseProductName();
        return switch (product == null ? "" : product.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "mysql", "mariadb" -> MYSQL;
            case "h2" -> H2;
            default -> null;
        };
    }

    /**
     * The statements that create the tables, under their default names, where they are not there yet. It is what the Flyway script of
     * this database holds.
     */
    public String script() {
        String path = "/db/deepthink4j/" + name().toLowerCase(Locale.ROOT) + "/R__deepthink4j_chat_memory.sql";
        try (InputStream script = Database.class.getResourceAsStream(path)) {
            if (script == null) {
                throw new IllegalStateException(path + " is missing");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever the name is, it stays a name. */
    String quoted(String name) {
        return quote + name.replace(String.valueOf(quote), "" + quote + quote) + quote;
    }

    /** PostgreSQL counts bytes, and cuts off what is too much, so that two names may become one. */
    boolean isTooLong(String name) {
        int length = this == POSTGRESQL ? name.getBytes(StandardCharsets.UTF_8).length : name.length();
        return length > longestName;
    }

    int longestName() {
        return longestName;
    }

    /** The end of a query that wants but so many rows. MySQL has no standard word for it, and some modes of H2 no other. */
    String first(int rows) {
        return this == MYSQL ? "LIMIT " + rows : "FETCH FIRST " + rows + " ROWS ONLY";
    }

    /** MySQL and some settings of H2 compare text without the case, the accents and the spaces behind it, unlike bytes. */
    void setName(PreparedStatement statement, int index, String name) throws SQLException {
        if (this == POSTGRESQL) {
            statement.setString(index, name);
        } else {
            statement.setBytes(index, name.getBytes(StandardCharsets.UTF_8));
        }
    }
}

package io.github.deepthink4j.samples.rag.index;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which pgvector a database has: not what is installed on its machine, but what the extension was made or updated to. */
record PgVectorVersion(String name, int number) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*");

    static PgVectorVersion of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT extversion FROM pg_extension WHERE extname = 'vector'")) {
            return row.next() ? of(row.getString(1)) : new PgVectorVersion("", 0);
        }
    }

    static PgVectorVersion of(String name) {
        Matcher parts = FORM.matcher(name);
        return new PgVectorVersion(
                name, parts.matches() ? 1000 * Integer.parseInt(parts.group(1)) + Integer.parseInt(parts.group(2)) : 0);
    }

    /** Since 0.7 it can take a stretch out of a vector, and knows numbers of half the digits. */
    boolean hasStretches() {
        return number >= 7;
    }

    /** Since 0.8 a search goes on where too little of what it has looked at counts. */
    boolean goesOn() {
        return number >= 8;
    }
}

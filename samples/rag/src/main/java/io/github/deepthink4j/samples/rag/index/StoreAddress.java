package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.UsageException;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/** Where a PostgreSQL is: {@code postgresql://user@host:5432/database?table=passages}; the password comes from PGPASSWORD. */
record StoreAddress(String host, int port, String database, String user, String password, String table) {

    private static final int POSTGRESQL_PORT = 5432;
    private static final String TABLE = "rag_passages";
    private static final String EXAMPLE = "postgresql://user@host:5432/database";

    /** The table's name becomes part of SQL statements. */
    private static final Pattern TABLE_NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    static StoreAddress parse(String text, Map<String, String> environment) {
        try {
            URI uri = new URI(text);
            if (!"postgresql".equals(uri.getScheme())
                    || uri.getHost() == null
                    || uri.getUserInfo() == null
                    || uri.getPath() == null
                    || uri.getPath().length() < 2) {
                throw malformed();
            }
            String[] user = uri.getUserInfo().split(":", 2);
            String password = user.length == 2 ? user[1] : environment.getOrDefault("PGPASSWORD", "");
            String table = uri.getQuery() == null ? TABLE : uri.getQuery().replaceFirst("^table=", "");
            if (!TABLE_NAME.matcher(table).matches()) {
                throw new UsageException("The table of the store must be named in lower-case letters, digits and _.");
            }
            int port = uri.getPort() == -1 ? POSTGRESQL_PORT : uri.getPort();
            return new StoreAddress(uri.getHost(), port, uri.getPath().substring(1), user[0], password, table);
        } catch (java.net.URISyntaxException e) {
            throw malformed();
        }
    }

    /** Does not quote the address: there may be a password in it. */
    private static UsageException malformed() {
        return new UsageException("The store must be given as " + EXAMPLE + ", with the password in PGPASSWORD.");
    }

    /** Without user and password. */
    String name() {
        return "postgresql://" + host + ":" + port + "/" + database + "?table=" + table;
    }

    @Override
    public String toString() {
        return name();
    }
}

package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.UsageException;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL.
 *
 * @param name its address without user and password
 */
record Database(String name, DataSource dataSource) {

    private static final String EXAMPLE = "jdbc:postgresql://host:5432/database?user=name";

    /**
     * From a JDBC address, whose parameters all count: {@code currentSchema} for several indexes in one database,
     * {@code prepareThreshold=0} behind a pooler that shares sessions.
     */
    static Database at(String address, Map<String, String> environment) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setURL(address);
        } catch (IllegalArgumentException e) {
            // Neither the address nor the cause is shown: there may be a password in it.
            throw new UsageException("The store must be given as " + EXAMPLE + ", with the password in PGPASSWORD.");
        }
        if (source.getPassword() == null) {
            source.setPassword(environment.get("PGPASSWORD"));
        }
        String schema = source.getCurrentSchema() == null ? "" : "?currentSchema=" + source.getCurrentSchema();
        String name = "jdbc:postgresql://" + source.getServerNames()[0] + ":" + source.getPortNumbers()[0] + "/"
                + source.getDatabaseName() + schema;
        return new Database(name, source);
    }
}

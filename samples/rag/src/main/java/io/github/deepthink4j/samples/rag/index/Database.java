package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.util.Map;

/**
 * A PostgreSQL.
 *
 * @param name its address without user and password
 */
record Database(String name, Transactions dataSource) {

    private static final String EXAMPLE = "jdbc:postgresql://host:5432/database?user=name";

    /**
     * From a JDBC address, whose parameters all count: {@code currentSchema} for several indexes in one database,
     * {@code prepareThreshold=0} behind a pooler that shares sessions.
     */
    static Database at(String address, Map<String, String> environment) {
        Transactions source = new Transactions();
        // The driver takes a user and password before an @ for a host, which is shown.
        if (address.replaceFirst("(?s)\\?.*", "").contains("@")) {
            throw malformed();
        }
        try {
            source.setURL(address);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        if (source.getPassword() == null) {
            source.setPassword(environment.get("PGPASSWORD"));
        }
        String schema = source.getCurrentSchema() == null ? "" : "?currentSchema=" + source.getCurrentSchema();
        String name = "jdbc:postgresql://" + source.getServerNames()[0] + ":" + source.getPortNumbers()[0] + "/"
                + source.getDatabaseName() + schema;
        return new Database(name, source);
    }

    /** Neither the address nor the cause is shown: there may be a password in it. */
    private static UsageException malformed() {
        return new UsageException(Words.of(
                "The store, --store or RAG_STORE, must be given as " + EXAMPLE + ", with the password in PGPASSWORD.",
                "存储（--store 或 RAG_STORE）的写法是 " + EXAMPLE + "，密码写在 PGPASSWORD 里。"));
    }
}

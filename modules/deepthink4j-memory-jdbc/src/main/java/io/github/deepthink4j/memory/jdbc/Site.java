package io.github.deepthink4j.memory.jdbc;

import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a store's tables are, as the first connection tells.
 *
 * @param tables  its statements
 * @param origins what this process knows of messages in these tables, whichever store it was
 */
record Site(Database database, ConversationTables tables, Origins origins) {

    private record Place(
            String address,
            @Nullable String catalog,
            @Nullable String schema,
            Tables tables) {}

    private static final Map<Place, WeakReference<Origins>> KNOWN = new HashMap<>();

    /**
     * @param chosen         {@code null} for what it calls itself
     * @param timeoutSeconds for each statement; 0 for none
     */
    static Site of(Connection connection, @Nullable Database chosen, Tables tables, int timeoutSeconds)
            throws SQLException {
        Database database = chosen == null ? Database.of(connection) : chosen;
        return new Site(
                database, new ConversationTables(database, tables, timeoutSeconds), originsAt(connection, tables));
    }

    /** Without the user, the password and the settings that may stand behind an address. */
    private static Origins originsAt(Connection connection, Tables tables) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String url = metaData == null ? null : metaData.getURL();
        String address = url == null ? "" : url.split("[?;]", 2)[0];
        // Each connection to H2's nameless database is a database of its own.
        if (address.isEmpty() || address.equals("jdbc:h2:mem:")) {
            return new Origins();
        }
        return originsAt(new Place(address, connection.getCatalog(), connection.getSchema(), tables));
    }

    private static Origins originsAt(Place place) {
        synchronized (KNOWN) {
            KNOWN.values().removeIf(origins -> origins.get() == null);
            WeakReference<Origins> reference = KNOWN.get(place);
            Origins known = reference == null ? null : reference.get();
            if (known == null) {
                known = new Origins();
                KNOWN.put(place, new WeakReference<>(known));
            }
            return known;
        }
    }
}

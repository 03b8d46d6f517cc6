package io.github.deepthink4j.memory.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of the tables, as somebody has chosen them.
 *
 * @param schema {@code null} for the connection's own
 */
record Tables(@Nullable String schema, String conversations, String messages) {

    static final String CONVERSATIONS = "deepthink4j_conversation";
    static final String MESSAGES = "deepthink4j_message";

    Tables {
        if (Stream.of(schema == null ? "-" : schema, conversations, messages)
                .anyMatch(name -> name.isBlank() || name.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("the name of a table or a schema must not be blank");
        }
        if (conversations.equals(messages)) {
            throw new IllegalArgumentException("there must be two tables, and both are called " + messages);
        }
    }

    /**
     * @throws IllegalArgumentException for a name that is too long in this database
     */
    void check(Database database) {
        Stream.of(schema == null ? "-" : schema, conversations, messages)
                .filter(database::isTooLong)
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the name '" + name + "' is too long: in " + database
                            + " a name may have " + database.longestName()
                            + (database == Database.POSTGRESQL ? " bytes" : " characters"));
                });
    }

    /** Of a long name the beginning and a digest, so that it stays another name than the table's. */
    private String index(Database database) {
        String name = conversations + "_updated";
        String digest = "_" + Integer.toHexString(conversations.hashCode()) + "_updated";
        int kept = conversations.length();
        while (database.isTooLong(name)) {
            kept = conversations.offsetByCodePoints(kept, -1);
            name = conversations.substring(0, kept) + digest;
        }
        return name;
    }

    String conversationsIn(Database database) {
        return in(database, conversations);
    }

    String messagesIn(Database database) {
        return in(database, messages);
    }

    private String in(Database database, String table) {
        return schema == null ? database.quoted(table) : database.quoted(schema) + "." + database.quoted(table);
    }

    /**
     * A query of no row that goes through where a table is there as it should be.
     *
     * @param table as it stands in a statement
     */
    record Probe(String table, String columns) {
        String sql() {
            return "SELECT " + columns + " FROM " + table + " WHERE 1 = 0";
        }
    }

    List<Probe> probes(Database database) {
        return List.of(
                new Probe(conversationsIn(database), "id, memory_id, version, created_at, updated_at"),
                new Probe(messagesIn(database), "conversation_id, position, created_at, message"));
    }

    /** The statements of the database's script, with these names in the place of the default ones. */
    List<String> creation(Database database) {
        String script =
                database.script().lines().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        Map<String, String> names = Map.of(
                database.quoted(CONVERSATIONS), conversationsIn(database),
                database.quoted(CONVERSATIONS + "_updated"), database.quoted(index(database)),
                database.quoted(MESSAGES), messagesIn(database));
        Pattern known =
                Pattern.compile(names.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
        List<String> statements = new ArrayList<>();
        for (String statement : script.split(";")) {
            if (!statement.isBlank()) {
                statements.add(known.matcher(statement.strip())
                        .replaceAll(name -> Matcher.quoteReplacement(names.getOrDefault(name.group(), name.group()))));
            }
        }
        return statements;
    }
}

package io.github.deepthink4j.memory.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Errors of others without what people have said and without passwords: PostgreSQL's driver puts the values of an INSERT into its
 * message, {@code DriverManager} the address with the password, a JSON parser what it stumbled over. What is left is the class, the
 * SQLState, the vendor's code, and the driver's words until the first one that could be a value.
 */
final class Redacted {

    private static final int CAUSES = 5;

    private static final int LONGEST = 200;

    /** MariaDB's driver names its connection first, PostgreSQL's server how bad it is. */
    private static final Pattern BEGINNING = Pattern.compile("(?:\\(conn=\\d+\\) )?((?:ERROR|FATAL|PANIC): )?");

    /** Quotes, brackets, colons, equals signs and other scripts begin what is not the driver's own. */
    private static final Pattern VALUE = Pattern.compile("[^A-Za-z0-9 ,.;_-]|jdbc");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");

    private Redacted() {}

    /** In the place of the database's own, wherever somebody would look into it. */
    static final class DatabaseError extends SQLException {

        private static final long serialVersionUID = 1L;

        private DatabaseError(String message, @Nullable SQLException state) {
            super(message, state == null ? null : state.getSQLState(), state == null ? 0 : state.getErrorCode());
        }
    }

    /**
     * @param said what none of its words may come from
     */
    static DatabaseError error(Throwable error, List<String> said) {
        return error(error, said, CAUSES);
    }

    private static DatabaseError error(Throwable error, List<String> said, int causes) {
        SQLException sql = error instanceof SQLException own ? own : null;
        DatabaseError copy = new DatabaseError(describe(error, said), sql);
        copy.setStackTrace(error.getStackTrace());
        Throwable cause = error.getCause();
        if (cause != null && cause != error && causes > 0) {
            copy.initCause(error(cause, said, causes - 1));
        }
        SQLException next = sql == null ? null : sql.getNextException();
        if (next != null && causes > 0) {
            copy.setNextException(error(next, said, causes - 1));
        }
        return copy;
    }

    /** Where it happened and what kind it was, and not a word of it: for parsers, which quote what they have read. */
    static Throwable withoutWords(Throwable error) {
        return withoutWords(error, CAUSES);
    }

    private static Throwable withoutWords(Throwable error, int causes) {
        Throwable cause = error.getCause();
        RuntimeException copy = new RuntimeException(
                error.getClass().getName(),
                cause == null || cause == error || causes == 0 ? null : withoutWords(cause, causes - 1));
        copy.setStackTrace(error.getStackTrace());
        return copy;
    }

    /** In a line, with what a batch says of its own cause. */
    static String line(SQLException error) {
        StringBuilder line = new StringBuilder(String.valueOf(error.getMessage()));
        SQLException next = error.getNextException();
        for (int i = 0; i < 2 && next != null; i++, next = next.getNextException()) {
            line.append("; ").append(next.getMessage());
        }
        return line.toString();
    }

    private static String describe(Throwable error, List<String> said) {
        StringBuilder text = new StringBuilder(error.getClass().getSimpleName());
        if (error instanceof SQLException sql) {
            String state = sql.getSQLState();
            if (state != null && state.length() == 5) {
                text.append(", SQLState ").append(state);
            }
            if (sql.getErrorCode() != 0) {
                text.append(", code ").append(sql.getErrorCode());
            }
        }
        String words = words(error.getMessage(), said);
        return words.isEmpty()
                ? text.toString()
                : text.append(": ").append(words).toString();
    }

    static String words(@Nullable String message, List<String> said) {
        if (message == null) {
            return "";
        }
        Matcher beginning = BEGINNING.matcher(message);
        int from = beginning.lookingAt() ? beginning.end() : 0;
        String severity = beginning.group(1) == null ? "" : beginning.group(1);
        Matcher value = VALUE.matcher(message);
        int end = value.find(from) ? value.start() : message.length();
        end = beforeWhatWasSaid(message, from, Math.min(end, from + LONGEST), said);
        String words = message.substring(from, end).strip();
        if (words.isEmpty()) {
            return "";
        }
        return severity + disarmed(words) + (end < message.length() ? " ..." : "");
    }

    /** Web frameworks take a cause with these very words for the browser having gone, and then answer nothing and log nothing. */
    private static String disarmed(String words) {
        return words.replaceAll("(?i)\\bbroken pipe", "the pipe is broken")
                .replaceAll("(?i)reset by peer", "reset by the peer");
    }

    /** Single words that are long or numbers, and any two in a row. */
    private static int beforeWhatWasSaid(String message, int from, int end, List<String> said) {
        Matcher word = WORD.matcher(message).region(from, end);
        int before = -1;
        while (word.find()) {
            String own = word.group();
            boolean tells = own.length() > 3 || own.chars().anyMatch(Character::isDigit);
            if (tells && isSaid(own, said)) {
                return word.start();
            }
            if (before >= 0 && isSaid(message.substring(before, word.end()), said)) {
                return before;
            }
            before = word.start();
        }
        return end;
    }

    private static boolean isSaid(String words, List<String> said) {
        String lower = words.toLowerCase(Locale.ROOT);
        return said.stream().anyMatch(text -> text.contains(words) || text.contains(lower));
    }
}

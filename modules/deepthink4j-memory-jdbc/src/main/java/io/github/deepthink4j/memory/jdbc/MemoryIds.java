package io.github.deepthink4j.memory.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Under which name a conversation stands in the table. */
final class MemoryIds {

    /** That of the column. */
    private static final int LONGEST = 500;

    /** The class, or the sign of an array, and the hash behind it. */
    private static final Pattern OBJECTS =
            Pattern.compile("(\\[+[ZBCSIJFD](?=@)|\\[+L[\\w.$]+;|[\\w.$]+)@[0-9a-f]{1,8}\\b");

    private final Function<Object, String> naming;

    MemoryIds(Function<Object, String> naming) {
        this.naming = naming;
    }

    /** What an id says of itself; an id that says where in the memory it is would have another name in each process. */
    static String ownText(Object id) {
        if (id instanceof Enum<?> constant) {
            return constant.name();
        }
        String text = id.toString();
        // Object's own, by its definition: asked by reflection, a native image would know no class's methods.
        boolean isObjects =
                text != null && text.equals(id.getClass().getName() + "@" + Integer.toHexString(id.hashCode()));
        if (isObjects || (!(id instanceof CharSequence) && text != null && holdsObjects(text, id))) {
            throw new IllegalArgumentException(
                    "a memory id of type " + id.getClass().getTypeName()
                            + " has no text of its own that another process would find again. Use a String, a number, a UUID or a"
                            + " record, or say how it is named by memoryIdToText(...) of the store's builder");
        }
        return text;
    }

    /** As of a list or a record with something in it that has none. An address of e-mail looks the same, but names no class. */
    private static boolean holdsObjects(String text, Object id) {
        Matcher objects = OBJECTS.matcher(text);
        while (objects.find()) {
            String name = objects.group(1);
            if (name.startsWith("[")
                    || isClass(name, id.getClass().getClassLoader())
                    || isClass(name, contextLoader())) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable ClassLoader contextLoader() {
        return Thread.currentThread().getContextClassLoader();
    }

    private static boolean isClass(String name, @Nullable ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * @throws IllegalArgumentException for what a column could not hold, or not tell from another
     */
    String nameOf(Object id) {
        String name = naming.apply(id);
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException("a memory id must not be empty");
        }
        if (name.length() > LONGEST) {
            throw new IllegalArgumentException("a memory id may have " + LONGEST + " characters, and this one has "
                    + name.length() + ". Name it by a digest: memoryIdToText(...) of the store's builder");
        }
        if (name.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException("a memory id must not hold U+0000 or a half of a character");
        }
        return name;
    }
}

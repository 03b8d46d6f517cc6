package io.github.deepthink4j.memory.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Under which name a conversation stands in the table. */
final class MemoryIds {

    /** That of the column. */
    private static final int LONGEST = 500;

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
        if (text.equals(id.getClass().getName() + "@" + Integer.toHexString(id.hashCode()))) {
            throw new IllegalArgumentException(
                    "a memory id of type " + id.getClass().getTypeName()
                            + " has no text of its own that another process would find again. Use a String, a number, a UUID or a"
                            + " record, or say how it is named by memoryIdToText(...) of the store's builder");
        }
        return text;
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

package io.github.deepthink4j.docs;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The public types of a module, by {@code docs/api.md} and by its classes. For the tests of all modules. */
public final class ApiPage {

    private static final Path PAGE = Path.of("../../docs/api.md");
    private static final Pattern ROOM = Pattern.compile("^### `(io\\.github\\.deepthink4j[\\w.]*)`.*");
    private static final Pattern TYPE = Pattern.compile("^\\| `(\\w+)` \\|.*");

    private ApiPage() {}

    /** The types that the page lists in this package and those below it, by their whole names. */
    public static Set<String> listed(String packageName) throws IOException {
        Set<String> types = new TreeSet<>();
        String room = "";
        for (String line : Files.readAllLines(PAGE)) {
            Matcher heading = ROOM.matcher(line);
            Matcher row = TYPE.matcher(line);
            if (heading.matches()) {
                room = heading.group(1);
            } else if (row.matches() && isIn(room, packageName)) {
                types.add(room + "." + row.group(1));
            }
        }
        return types;
    }

    /** The public top-level types of this package and those below it, without what is internal. */
    public static Set<String> real(String packageName) {
        Set<String> types = new TreeSet<>();
        for (JavaClass type : MainClasses.of(packageName)) {
            boolean isInternal = type.getPackageName().contains(".internal");
            boolean isSeen = type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC);
            if (isSeen && !isInternal && isIn(type.getPackageName(), packageName)) {
                types.add(type.getName());
            }
        }
        return types;
    }

    private static boolean isIn(String room, String packageName) {
        return room.equals(packageName) || room.startsWith(packageName + ".");
    }
}

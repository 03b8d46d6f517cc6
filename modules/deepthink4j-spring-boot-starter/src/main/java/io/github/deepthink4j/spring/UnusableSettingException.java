package io.github.deepthink4j.spring;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A property that can't be used as it is, or that is missing, or beans that don't go together. Neither message nor remedy holds a key. */
final class UnusableSettingException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private static final Pattern KEY = Pattern.compile("\\bsk-[\\w-]{6,}");

    private final @Nullable String property;
    private final String reason;
    private final String remedy;

    UnusableSettingException(@Nullable String property, String reason, String remedy, @Nullable Throwable cause) {
        super(
                (property == null ? "the application's beans" : property) + ": " + masked(reason) + ". " + remedy + ".",
                cause);
        this.property = property;
        this.reason = masked(reason);
        this.remedy = remedy;
    }

    /** A key may have got into the wrong line. */
    private static String masked(String reason) {
        return KEY.matcher(reason).replaceAll("***");
    }

    UnusableSettingException(String property, String reason, String remedy) {
        this(property, reason, remedy, null);
    }

    /** Of beans of the application, which no property names. */
    static UnusableSettingException ofBeans(String reason, String remedy, @Nullable Throwable cause) {
        return new UnusableSettingException(null, reason, remedy, cause);
    }

    /** What the library says to a value, with the property that it stands in. */
    static <T> T checked(String property, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            String meant = PropertyNames.meant(property, words(e));
            throw new UnusableSettingException(meant, words(e), "Change " + meant + ", or leave it out", e);
        }
    }

    /** As a part of a sentence. */
    static String words(Exception e) {
        return String.valueOf(e.getMessage()).replaceFirst("\\.$", "");
    }

    /** The name of the property, as it stands in a file; {@code null} if it is about beans. */
    @Nullable
    String property() {
        return property;
    }

    /** What is wrong. */
    String reason() {
        return reason;
    }

    /** What to do. */
    String remedy() {
        return remedy;
    }
}

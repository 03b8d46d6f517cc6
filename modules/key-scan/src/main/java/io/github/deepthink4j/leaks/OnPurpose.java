package io.github.deepthink4j.leaks;

import java.util.function.Supplier;

/**
 * The way out of the scan for keys, for what a test must make with a key in it to show that it is masked later: an exception
 * that a broken transport throws, say. What is made within is not looked at; what the library makes of it afterwards is.
 */
public final class OnPurpose {

    private OnPurpose() {}

    public static <T> T withKey(Supplier<T> made) {
        return made.get();
    }
}

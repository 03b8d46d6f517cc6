package io.github.deepthink4j.cost.budget;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an account is called in a database. Many take names for equal that differ in case, in blanks at the end, in accents or in
 * how these are written, and some refuse characters such as NUL: a digest tells accounts apart everywhere, and what stands before
 * it is for people who look into the tables.
 */
final class AccountNames {

    /** With the digest well within what every database indexes. */
    private static final int MOST_SHOWN = 200;

    private static final Pattern UNSHOWN = Pattern.compile("[^a-z0-9 :.@/_-]");

    private AccountNames() {}

    /** The same for the same account, and different for each other one, also by a comparison that knows no case or accents. */
    static String of(String account) {
        String start = account.length() > MOST_SHOWN ? account.substring(0, MOST_SHOWN) : account;
        String shown = UNSHOWN.matcher(start.toLowerCase(Locale.ROOT)).replaceAll("_");
        return (shown.length() > MOST_SHOWN ? shown.substring(0, MOST_SHOWN) : shown) + "#" + digest(account);
    }

    /** Of all 16 bits of each character: to any charset all halves of characters are one question mark. */
    private static String digest(String account) {
        ByteBuffer bytes = ByteBuffer.allocate(account.length() * Character.BYTES);
        bytes.asCharBuffer().put(account);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

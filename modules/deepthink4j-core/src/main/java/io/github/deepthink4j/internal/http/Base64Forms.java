package io.github.deepthink4j.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** How a text stands in the base64 of something that it is a part of, such as {@code user:password}. */
final class Base64Forms {

    /** How many characters at the start are not the text's alone, by how many bytes stand before it in its group of three. */
    private static final int[] SHARED = {0, 2, 3};

    private Base64Forms() {}

    static List<String> of(String text) {
        List<String> forms = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < SHARED.length; before++) {
            byte[] moved = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, moved, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(moved);
            // The last character is shared with what follows, if the text does not end with a group.
            int end = moved.length % SHARED.length == 0 ? encoded.length() : encoded.length() - 1;
            String form = encoded.substring(SHARED[before], Math.max(SHARED[before], end));
            forms.add(form);
            forms.add(form.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }
}

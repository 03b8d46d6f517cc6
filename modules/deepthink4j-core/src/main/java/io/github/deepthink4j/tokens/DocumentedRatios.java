package io.github.deepthink4j.tokens;

/**
 * An English character is about 0.3 tokens, a Chinese one about 0.6 (docs/protocol.md, section 6). For other scripts
 * nothing is documented; they count like Chinese, since too high an estimate does less harm than too low a one.
 */
final class DocumentedRatios implements TextTokenCounter {

    private static final int TENTHS_LATIN = 3;
    private static final int TENTHS_OTHER = 6;

    /** Where the Latin blocks of Unicode end. */
    private static final char END_OF_LATIN = '\u0250';

    @Override
    public int count(String text) {
        long tenths = 0;
        for (int i = 0; i < text.length(); i++) {
            tenths += text.charAt(i) < END_OF_LATIN ? TENTHS_LATIN : TENTHS_OTHER;
        }
        return (int) Math.min(Integer.MAX_VALUE, (tenths + 9) / 10);
    }
}

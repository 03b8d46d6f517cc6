package io.github.deepthink4j.samples.agent;

import io.github.deepthink4j.samples.agent.screen.Words;

/**
 * How many tokens were read and written, as far as a server has said it: what it leaves out is unknown and never 0.
 *
 * @param in    that are known of
 * @param allIn whether those are all
 */
record Tokens(long in, boolean allIn, long out, boolean allOut) {

    static final Tokens NONE = new Tokens(0, true, 0, true);

    /** With those of one more step; {@code null} for what is not known. */
    Tokens and(Integer moreIn, Integer moreOut) {
        return new Tokens(
                in + (moreIn == null ? 0 : moreIn),
                allIn && moreIn != null,
                out + (moreOut == null ? 0 : moreOut),
                allOut && moreOut != null);
    }

    @Override
    public String toString() {
        return isUnknown(in, allIn) && isUnknown(out, allOut)
                ? Words.of("tokens unknown", "token 数未知")
                : Words.of(
                        shown(in, allIn) + " tokens in, " + shown(out, allOut) + " out",
                        "输入 " + shown(in, allIn) + " 个 token，输出 " + shown(out, allOut) + " 个");
    }

    private static boolean isUnknown(long count, boolean all) {
        return count == 0 && !all;
    }

    private static String shown(long count, boolean all) {
        return isUnknown(count, all)
                ? Words.of("unknown", "未知")
                : all ? String.valueOf(count) : Words.of("at least " + count, "至少 " + count);
    }
}

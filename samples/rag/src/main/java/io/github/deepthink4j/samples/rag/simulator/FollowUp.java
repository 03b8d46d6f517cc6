package io.github.deepthink4j.samples.rag.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A follow-up question, made whole the simple way: if it leans on what came before ("and the S?", "how heavy is it?") the
 * question before it is put in front of it.
 */
final class FollowUp {

    private static final Pattern PROMPT =
            Pattern.compile("<conversation>\n(.*)\n</conversation>\n\n(?:Last question: |最后一个问题：)(.*)", Pattern.DOTALL);
    private static final Pattern EARLIER = Pattern.compile("(?m)^User: (.*)$");

    private static final Pattern LEANING = Pattern.compile(
            "(?i)^(and|or|but|also|what about|how about)\\b|\\b(it|its|they|them|their|this|that|these|those|there|one)\\b"
                    + "|^(那|还有|另外|以及)|[它他她]|[这那][个些款种]|呢[？?]?$");

    private FollowUp() {}

    static String whole(String before, String question) {
        return !before.isEmpty() && LEANING.matcher(question).find() ? before + " " + question : question;
    }

    static boolean isIn(String request) {
        return PROMPT.matcher(request).find();
    }

    static String rewritten(String request) {
        Matcher prompt = PROMPT.matcher(request);
        if (!prompt.find()) {
            return request;
        }
        String last = prompt.group(2).strip();
        String before = "";
        Matcher earlier = EARLIER.matcher(prompt.group(1));
        while (earlier.find()) {
            before = earlier.group(1).strip();
        }
        return whole(before, last);
    }
}

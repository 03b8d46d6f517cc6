package io.github.deepthink4j.testkit.internal.script;

import java.util.regex.Pattern;

/** A question in one form of its digits and signs, without the words of courtesy around it. */
final class PlainQuestion {

    private static final int MAX_LENGTH = 300;

    /** What may stand before a question, and changes nothing of it. */
    private static final Pattern BEFORE = Pattern.compile(
            "(?i)^(?:(?:(?:(?:hi|hello|hey)(?:\\s+there)?|good (?:morning|afternoon|evening)|ok(?:ay)?|well|so|please|quick question"
                    + "|(?:can|could|would|will) you (?:please )?tell me|please tell me|tell me|do you know|i(?:'d| would) like to know|i want to know)(?![a-z'])"
                    + "|你好|您好|嗨|哈喽|请问|请|麻烦(?:你|您)?|帮我|帮忙|告诉我|我想(?:问|知道)(?:一下)?|想?问一下|你知道)[\\s,.!:;、。]*)+");

    private static final Pattern BEHIND = Pattern.compile(
            "(?i)(?<!\\d)!+$|[\\s?.。,;:~\\p{So}]+$|(?<=[\\s?.。,;!])(?:please|pls|thanks(?: a lot| in advance)?|thx|thank you(?: very much| so much)?)$"
                    + "|(?:谢谢(?:你|您|了)?|多谢|拜托了?)$");

    /** Which of them groups digits, and which begins the decimals, is not the same everywhere; nor is a number with a zero before it one. */
    private static final Pattern AMBIGUOUS =
            Pattern.compile("\\d,\\d|\\d\\.\\d+\\.\\d|\\d'\\d|(?<![\\d.])0\\d|\\d\\s+\\d|\\d{60}");

    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"|“[^”]*”|「[^」]*」|『[^』]*』|《[^》]*》");
    private static final Pattern CHINESE = Pattern.compile("[\\p{IsHan}\u3001\u3002\uff01-\uff5e]");
    private static final Pattern ENGLISH_FRAME = Pattern.compile(
            "(?i)(?<![a-z'])(?:how|many|much|what|what's|which|who|why|where|when|is|are|was|do|does|the|in|of|and|or|than|there|mean|means|say|can|you"
                    + "|please|thanks|hello|hi|hey|greater|smaller|larger|count|word|letter|letters|call|for|to)(?![a-z])");
    private static final Pattern CHINESE_FRAME =
            Pattern.compile("多少|哪|谁|几|什么|怎么|为什么|大于|小于|等于|比|吗|呢|吧|里|中|的|了|是|有|和|与|还是|请|你|我|查|用|个|加|减|乘|除|大|小");

    private PlainQuestion() {}

    /** Empty if it is too long for one that can be understood here. */
    static String of(String question) {
        if (question.length() > MAX_LENGTH) {
            return "";
        }
        String plain = halfWidth(question).strip().replaceAll("\\s+", " ");
        plain = BEFORE.matcher(plain).replaceFirst("");
        String before;
        do {
            before = plain;
            plain = BEHIND.matcher(plain).replaceFirst("");
        } while (!plain.equals(before));
        return plain;
    }

    /** ９．１１ becomes 9.11; what stands for another number, as ² and ½ do, stays. A wide comma is never one within a number. */
    private static String halfWidth(String question) {
        StringBuilder plain = new StringBuilder();
        for (char c : question.toCharArray()) {
            switch (c) {
                case '\uff0c' -> plain.append(", ");
                case '\u3000' -> plain.append(' ');
                case '\u2212' -> plain.append('-');
                default -> plain.append(c > '\uff00' && c < '\uff5f' ? (char) (c - '\uff00' + ' ') : c);
            }
        }
        return plain.toString();
    }

    /** Whether its numbers can be read in one way only. */
    static boolean hasClearNumbers(String plain) {
        return !AMBIGUOUS.matcher(plain).find();
    }

    /** By the words around what it is about, if both languages are in it. */
    static boolean isChinese(String question) {
        if (!CHINESE.matcher(question).find()) {
            return false;
        }
        String frame = QUOTED.matcher(question).replaceAll(" ");
        long english = ENGLISH_FRAME.matcher(frame).results().count();
        return english == 0 || english <= CHINESE_FRAME.matcher(frame).results().count();
    }
}

package io.github.deepthink4j.internal.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deepthink4j.internal.answer.TagScanner.Part;
import io.github.deepthink4j.thorough.Thorough;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text with tags comes to the same wherever it is cut, in a time that grows with its length. */
class TagScannerTest {

    private static final int ROUNDS = Thorough.times(5000, 500);

    private static final String MARK = "\uff5cDSML\uff5c";

    /** What texts with tags are made of, whole and in shreds. */
    private static final List<String> SHREDS = List.of(
            "<think>",
            "</think>",
            "</THINK>",
            "<",
            "<thi",
            "</",
            "nk>",
            "`",
            "\"",
            "```\n",
            "\n",
            " ",
            "a",
            "<" + MARK + "tool_calls>",
            "</" + MARK + "tool_calls>",
            "<" + MARK + "function_calls>",
            "</" + MARK + "function_calls>",
            "<" + MARK + "tool",
            "<" + MARK + "invoke name=\"f\">",
            "</" + MARK + "invoke>",
            "<" + MARK + "parameter name=\"x\">1</" + MARK + "parameter>",
            "\n<function_calls>\n",
            "</function_calls>",
            "\n<invoke name=\"f\">",
            "\n<invoke name=\"g\">",
            "</invoke>",
            "<parameter name=\"x\" string=\"true\">1</parameter>",
            "\n<tool_call>\n",
            "{\"name\": \"f\", \"arguments\": {}}\n",
            "</tool_call>",
            "<tool_call_begin>f",
            "<tool_sep>{\"x\":1}",
            "\n<function_calls><invoke name=\"f\"><parameter name=\"x\" string=\"true\">1</parameter></invoke></function_calls>",
            "\n<" + MARK + "tool_calls><" + MARK + "invoke name=\"g\"></" + MARK + "invoke></" + MARK + "tool_calls>");

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    /** The stages that look for tags. */
    private enum Stage {
        THINK_TAGS,
        STARTS_IN_REASONING,
        CALL_MARKUP,
        CALL_MARKUP_WITHOUT_TOOLS,
        BOTH;

        PieceSink before(PieceSink end) {
            return switch (this) {
                case THINK_TAGS -> new InlineReasoningSplitter(end, false);
                case STARTS_IN_REASONING -> new InlineReasoningSplitter(end, true);
                case CALL_MARKUP -> new BareMarkup(new ToolCallMarkup(end), Set.of("f"));
                case CALL_MARKUP_WITHOUT_TOOLS -> new BareMarkup(new ToolCallMarkup(end), Set.of());
                case BOTH -> new InlineReasoningSplitter(new BareMarkup(new ToolCallMarkup(end), Set.of("f")), false);
            };
        }
    }

    /** What comes out, neighbours of one kind put together. */
    private static final class Told extends PieceFilter {

        private final StringBuilder told = new StringBuilder();
        private String kind = "";

        private Told() {
            super(new Assembler(new AnswerListener() {}));
        }

        static String of(Stage stage, List<String> pieces) {
            Told told = new Told();
            PieceSink first = stage.before(told);
            pieces.forEach(first::onText);
            first.onEnd();
            return told.told.toString();
        }

        private void tell(String what, String text) {
            told.append(kind.equals(what) ? "" : "\n" + what + " ").append(text);
            kind = what;
        }

        @Override
        public void onText(String text) {
            tell("text", text);
        }

        @Override
        public void onThinking(String field, String text) {
            tell("thinking", text);
        }

        @Override
        public void onToolCallDelta(ToolCallDelta delta) {
            tell("call", delta.toString());
        }

        @Override
        public void onBadCall(String what) {
            tell("bad call", what);
        }

        @Override
        public void onUnknownField(String name, @Nullable JsonNode value) {
            throw new AssertionError(name);
        }
    }

    private List<String> cut(String text, int most) {
        List<String> pieces = new ArrayList<>();
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(text.length(), start + 1 + random.nextInt(most));
            pieces.add(text.substring(start, end));
            start = end;
        }
        return pieces;
    }

    @ParameterizedTest
    @EnumSource
    void should_come_to_the_same_wherever_it_is_cut(Stage stage) {
        for (int round = 0; round < ROUNDS; round++) {
            String text = random.ints(random.nextInt(20), 0, SHREDS.size())
                    .mapToObj(SHREDS::get)
                    .collect(Collectors.joining());
            String whole = Told.of(stage, List.of(text));

            assertThat(Told.of(stage, cut(text, 1 + random.nextInt(12))))
                    .as("seed %d, round %d: %s", seed, round, text)
                    .isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THINK_TAGS", "STARTS_IN_REASONING"})
    void should_lose_nothing_but_tags_and_white_space(Stage stage) {
        for (int round = 0; round < ROUNDS; round++) {
            String text = random.ints(random.nextInt(20), 0, SHREDS.size())
                    .mapToObj(SHREDS::get)
                    .collect(Collectors.joining());

            String told = Told.of(stage, cut(text, 1 + random.nextInt(12)));

            assertThat(bare(told.replaceAll("\n(text|thinking) ", "")))
                    .as("seed %d, round %d: %s", seed, round, text)
                    .isEqualTo(bare(text));
        }
    }

    /** Without white space and tags, also those that come about when a tag between two shreds is gone. */
    private static String bare(String text) {
        String bare = text.replaceAll("\\s+", "");
        String before;
        do {
            before = bare;
            bare = bare.replaceAll("(?i)</?think>", "");
        } while (!bare.equals(before));
        return bare;
    }

    @Test
    void should_hold_back_no_more_than_the_beginning_of_a_tag() {
        TagScanner scanner = new TagScanner(true, "<think>", "</think>");

        scanner.add("a < b <thin");

        assertThat(scanner.next()).isEqualTo(new Part("a < b ", null));
        assertThat(scanner.next()).isNull();

        scanner.add(" ice <THINK>x</");

        assertThat(Stream.generate(scanner::next).limit(3))
                .containsExactly(new Part("<thin ice ", null), new Part("<THINK>", "<think>"), new Part("x", null));
        assertThat(scanner.next()).isNull();
        assertThat(scanner.rest()).isEqualTo("</");
        assertThat(scanner.rest()).isEmpty();
    }

    /** Each begins something that never ends, and would take minutes if each piece were looked at together with all before. */
    static Stream<String> longTexts() {
        return Thorough.orEvery(
                7,
                Stream.of(
                        "one line ".repeat(120_000),
                        "<think>" + "why < how ".repeat(50_000),
                        " ".repeat(400_000),
                        "<tool_call>{" + " ".repeat(400_000),
                        "<invoke name=\"f\">" + " ".repeat(400_000),
                        "<tool_call>{\n".repeat(30_000) + "</tool_call>",
                        "<function_calls>\n".repeat(30_000),
                        "<invoke name=\"f\"><parameter name=\"x\">\n".repeat(15_000),
                        "<function_calls>\n<invoke name=\"f\"><parameter name=\"x\">"
                                + ("<" + MARK + "invoke name=\"f\">").repeat(15_000),
                        "<invoke name=\"f\"><parameter name=\"x\" string=\"true\">1</parameter></invoke>\n"
                                        .repeat(6_000)
                                + "So.",
                        ("x<tool_sep>" + "y".repeat(200)).repeat(2_000),
                        "<" + MARK + "tool_calls>" + " ".repeat(400_000),
                        "<" + MARK + "tool_calls><" + MARK + "invoke name=\"f\">" + "a < b ".repeat(70_000),
                        ("\n<" + MARK + "tool_calls><" + MARK + "invoke name=\"f\">").repeat(10_000),
                        "<" + MARK + "tool_calls><" + MARK + "invoke name=\"f\">"
                                + ("<" + MARK + "parameter name=\"x\">1</" + MARK + "parameter>").repeat(8_000)
                                + "</" + MARK + "invoke></" + MARK + "tool_calls>"));
    }

    @ParameterizedTest
    @MethodSource("longTexts")
    @Timeout(120)
    void should_take_a_time_that_grows_with_the_length(String text) {
        String whole = Told.of(Stage.BOTH, List.of(text));

        assertThat(Told.of(Stage.BOTH, cut(text, 8))).isEqualTo(whole);
    }
}

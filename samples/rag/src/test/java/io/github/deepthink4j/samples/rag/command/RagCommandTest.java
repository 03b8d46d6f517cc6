package io.github.deepthink4j.samples.rag.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.SampleCorpus.Run;
import io.github.deepthink4j.samples.rag.document.PdfPages;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import io.github.deepthink4j.testkit.script.ServiceAnswer;
import io.github.deepthink4j.testkit.script.TextMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole program, through pipes. */
class RagCommandTest {

    @TempDir
    private Path folder;

    private static Run ask(Map<String, String> environment, String input, String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "ask";
        args[1] = "--index";
        args[2] = SampleCorpus.index().toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return SampleCorpus.run(environment, input, args);
    }

    private static Map<String, String> at(DeepSeekSimulator deepSeek) {
        return Map.of("DEEPSEEK_API_KEY", "secret-key", "DEEPSEEK_BASE_URL", deepSeek.baseUrl());
    }

    @Test
    void should_ingest_ask_and_evaluate_without_a_key() throws IOException {
        // given
        Files.writeString(folder.resolve("tea.md"), "# Tea\n## Green\nGreen tea wants water of 70 degrees.");
        Files.writeString(folder.resolve("broken.pdf"), "no PDF");
        Path questions = folder.resolve("questions.json");
        Files.writeString(questions, """
            [{"question": "How hot should the water for green tea be?",
              "expected": ["tea.md#Tea > Green"], "answer": ["70 degrees"]},
             {"question": "Who won the world cup in 1954?", "expected": []}]
            """);
        String index = folder.resolve("index").toString();

        // when
        Run ingest = SampleCorpus.run(Map.of(), "", "ingest", "--index", index, folder.toString());
        Run ask = SampleCorpus.run(Map.of(), "", "ask", "--index", index, "How hot for green tea?");
        Run evaluate =
                SampleCorpus.run(Map.of(), "", "evaluate", "--index", index, "--questions", questions.toString());

        // then
        assertThat(ingest.output())
                .contains("Left out: broken.pdf: it is no PDF that can be read, or is damaged.")
                .contains("1 added, 0 changed, 0 removed, 0 unchanged, 1 of other kinds passed over")
                .doesNotContain("#####");
        assertThat(ingest.exitCode()).isEqualTo(1);
        assertThat(ask.exitCode()).isZero();
        assertThat(ask.output())
                .contains("a simulator answers. It is no model")
                .contains("(thinking) I am deepthink4j's simulator, not a model.")
                .contains("Green tea wants water of 70 degrees. [1]\n")
                .contains("  [1] tea.md, Tea > Green\n")
                .containsPattern("\\[so far: reasoner 1 request, \\d+ tokens in, \\d+ out, \\d+ of them thinking;"
                        + " rewriting 0 requests, 0 tokens in, 0 out]\n"
                        + "\\[would cost on DeepSeek, as deepseek-flash: (0\\.0+\\d+) USD \\((peak hours|off-peak)\\);"
                        + " this conversation: \\1 USD]")
                .doesNotContain("\033");
        assertThat(evaluate.exitCode()).isZero();
        assertThat(evaluate.output())
                .contains("recall@1 1.00")
                .contains("1 of 1 right, 1 of them citing an expected passage; 1 of 1 rightly refused")
                .containsPattern(
                        "Tokens: reasoner 1 request, \\d+ tokens in, \\d+ out, \\d+ of them thinking; 1 questions");
    }

    @Test
    void should_let_deepseek_read_pages() throws IOException {
        Files.write(folder.resolve("tea.pdf"), PdfPages.of(List.of("Tea", "Green tea wants water of 70 degrees.")));
        Files.writeString(folder.resolve("photo.png"), "no image");
        String index = folder.resolve("index").toString();

        Run ingest =
                SampleCorpus.run(Map.of(), "", "ingest", "--parser", "deepseek", "--index", index, folder.toString());
        Run ask = SampleCorpus.run(Map.of(), "", "ask", "--index", index, "How hot for green tea?");
        Run wrong = SampleCorpus.run(Map.of(), "", "ingest", "--parser", "other", folder.toString());

        assertThat(ingest.output())
                .contains("a simulator reads the pages of PDF files")
                .contains("Left out: photo.png: DeepSeek has not read it")
                .contains("1 added");
        assertThat(ask.output()).contains("  [1] tea.pdf, page 2");
        assertThat(wrong.exitCode()).isNotZero();
    }

    @Test
    void should_read_word_and_scans_by_the_ocr_of_a_server() throws IOException {
        Files.writeString(folder.resolve("tea.docx"), "scan");
        String index = folder.resolve("index").toString();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.onOcr(TextMatch.anything())
                    .reply(ServiceAnswer.json("{\"pages\":[{\"index\":0,\"finish_reason\":\"length\","
                            + "\"text\":\"Green tea wants water of 70 degrees.\"}]}"));

            Run ingest = SampleCorpus.run(
                    at(deepSeek), "", "ingest", "--parser", "deepseek", "--index", index, folder.toString());

            assertThat(ingest.output()).contains("billed by the page").contains("1 added");
        }
        Run ask = SampleCorpus.run(Map.of(), "", "ask", "--index", index, "How hot for green tea?");
        assertThat(ask.output()).contains("tea.docx, page 1 (not whole)");
    }

    @Test
    void should_look_on_the_web_where_it_is_asked_to() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.onSearch(TextMatch.anything())
                    .result("The cup of 1954", "https://example.com/cup", "Germany won the world cup in 1954.");
            deepSeek.onAnyMessage().answer("Germany won it. [1]");

            Run web = ask(at(deepSeek), "", "--web", "Who won the world cup in 1954?");
            Run without = ask(at(deepSeek), "", "Who won the world cup in 1954?");

            assertThat(web.output()).contains("  [1] https://example.com/cup, The cup of 1954");
            assertThat(deepSeek.lastRequest().lastUserText()).contains("Germany won the world cup in 1954.");
            assertThat(without.output()).contains("Not in these documents.");
            deepSeek.onSearch(TextMatch.anything()).error(402, "Insufficient Balance");
            Run unpaid = ask(at(deepSeek), "", "--web", "Who won the world cup in 1954?");
            assertThat(unpaid.exitCode()).isNotZero();
            assertThat(unpaid.output())
                    .contains("Error: The account has no balance left.")
                    .doesNotContain("Exception");
            assertThat(inChinese(() -> ask(at(deepSeek), "", "--web", "Who won the world cup in 1954?"))
                            .output())
                    .contains("错误：账户余额不足。")
                    .doesNotContain("Exception");
        }
    }

    private static Run inChinese(Supplier<Run> program) {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
        try {
            return program.get();
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void should_tell_in_chinese_and_by_their_names_what_deepseek_reads() throws IOException {
        Files.writeString(folder.resolve("tea.docx"), "scan");
        Files.writeString(folder.resolve("cup.png"), "no image");
        String index = folder.resolve("index").toString();
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.onOcr(TextMatch.equalTo("tea.docx"))
                    .reply(ServiceAnswer.json("{\"pages\":[{\"index\":0,\"finish_reason\":\"length\","
                            + "\"text\":\"Green tea wants water of 70 degrees.\"}]}"));
            deepSeek.onOcr(TextMatch.equalTo("cup.png")).error(402, "Insufficient Balance");

            Run ingest = inChinese(() -> SampleCorpus.run(
                    at(deepSeek), "", "ingest", "--parser", "deepseek", "--index", index, folder.toString()));

            assertThat(ingest.output()).contains("cup.png").contains("DeepSeek 没有读取它：账户余额不足。");
        }
        Run ask = SampleCorpus.run(Map.of(), "", "ask", "--index", index, "How hot for green tea?");
        assertThat(ask.output()).contains("tea.docx, page 1（不完整）");
    }

    @Test
    void should_find_nothing_on_the_web_of_the_simulator() {
        assertThat(ask(Map.of(), "", "--web", "Who won the world cup in 1954?").output())
                .contains("Not in these documents.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        a.txt | The Foo costs 5 euros | What does the Foo cost? | The Foo costs 5 euros [1]
        b.md | # Prices\\n\\n- The Foo costs 5 euros\\n- The Bar costs 7 dollars | What does the Bar cost? | The Bar costs 7 dollars [1]
        c.txt | The price of the Foo | What is the price of the Foo? | The price of the Foo [1]
        d.md | # Foo\\n\\n```java\\nFoo foo = Foo.open(7)\\n``` | How do I open a Foo in Java? | Foo foo = Foo.open(7)
        e.txt | Foo\\n---\\n* * * | What is Foo? | Foo
        """)
    void should_quote_what_has_no_full_stop(String file, String text, String question, String quoted)
            throws IOException {
        Files.writeString(folder.resolve(file), text.replace("\\n", "\n") + "\n");
        String index = folder.resolve("index").toString();
        SampleCorpus.run(Map.of(), "", "ingest", "--index", index, folder.toString());

        Run run = SampleCorpus.run(Map.of(), "", "ask", "--index", index, "--min-score", "0", question);

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains(quoted).doesNotContain("Error");
    }

    @Test
    void should_answer_in_both_languages_and_say_where_a_text_is_in_neither() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "这台机器售价五欧元。\n");
        Files.writeString(folder.resolve("b.txt"), "The Foo costs 5 euros.\n");
        Files.writeString(folder.resolve("c.txt"), "Эта машина стоит пять евро.\n");
        String index = folder.resolve("index").toString();

        Run ingest = SampleCorpus.run(Map.of(), "", "ingest", "--index", index, folder.toString());
        Run chinese = SampleCorpus.run(Map.of(), "", "ask", "--index", index, "这台机器多少钱？");
        Run english = SampleCorpus.run(Map.of(), "", "ask", "--index", index, "What does the Foo cost?");
        Run russian = SampleCorpus.run(Map.of(), "", "ask", "--index", index, "Сколько стоит машина?");

        assertThat(ingest.output())
                .contains("Of these 1 are mostly in another script")
                .contains("were trained on English and Chinese");
        assertThat(chinese.output()).contains("这台机器售价五欧元。 [1]").doesNotContain("trained on English");
        assertThat(english.output()).contains("The Foo costs 5 euros. [1]").doesNotContain("trained on English");
        assertThat(russian.output()).contains("[the embedding models were trained on English and Chinese");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                            | There are no questions in
            null                                          | There are no questions in
            [null]                                        | Question 1 in
            [{"question": "A?"}, {"question": " "}]       | Question 2 in
            [{"question": "A?", "answer": ["(((("]}]      | Question 1 in
            [{"question": "A?", "expected": [null]}       | cannot be read
            """)
    void should_say_what_is_wrong_with_a_file_of_questions(String json, String error) throws IOException {
        Path questions = Files.writeString(folder.resolve("questions.json"), json);

        Run run = SampleCorpus.run(
                Map.of(),
                "",
                "evaluate",
                "--index",
                SampleCorpus.index().toString(),
                "--questions",
                questions.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).startsWith("Error: ").contains(error).doesNotContain("Exception");
    }

    @Test
    void should_say_that_a_tool_was_called_that_was_not_offered_and_go_on() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.toolCall("pay", "{}"), Answer.text("It weighs 171 grams [1]."));

            Run run = ask(at(deepSeek), "How much does the Ostro 2 S weigh?\nHow much does the Ostro 2 S weigh?\n");

            assertThat(run.output())
                    .contains("The model said nothing, but called a tool")
                    .contains("  It weighs 171 grams [1].")
                    .doesNotContain("NullPointerException");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void should_show_what_had_come_of_an_answer_that_is_cut() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("It weighs half of wh").pieces(5).fault(Fault.CUT_IN_ANSWER, 3));

            Run run = ask(at(deepSeek), "", "How much does the Ostro 2 S weigh?");

            assertThat(run.output()).contains("  It weighs ").contains("Error: ");
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void should_refuse_to_evaluate_over_other_documents() throws IOException {
        Files.writeString(folder.resolve("tea.md"), "# Tea\nGreen tea wants water of 70 degrees.");
        String index = folder.resolve("index").toString();
        SampleCorpus.run(Map.of(), "", "ingest", "--index", index, folder.toString());
        Path partly = folder.resolve("questions.json");
        Files.writeString(partly, """
            [{"question": "How hot for green tea?", "expected": ["tea.md#Tea"], "answer": ["70"]},
             {"question": "How hot for coffee?", "expected": ["coffee.md#Coffee"], "answer": ["90"]}]
            """);
        Path wrong = folder.resolve("wrong.json");
        Files.writeString(wrong, """
            [{"question": "How hot for green tea?", "expected": ["tea.md#Teas"], "answer": ["70"]}]
            """);

        Run other = SampleCorpus.run(Map.of(), "", "evaluate", "--index", index);
        Run some = SampleCorpus.run(
                Map.of(), "", "evaluate", "--retrieval-only", "--index", index, "--questions", partly.toString());
        Run none = SampleCorpus.run(Map.of(), "", "evaluate", "--index", index, "--questions", wrong.toString());

        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.output())
                .contains("Error: the index holds none of the documents that these questions are about.")
                .contains("battery.md", "corpus", "--questions")
                .doesNotContain("recall");
        assertThat(some.exitCode()).isEqualTo(1);
        assertThat(some.output()).contains("recall@1 0.50").contains("that the index does not hold: [coffee.md]");
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.output()).contains("Error: not one of the expected passages was found.");
    }

    @Test
    void should_say_that_it_is_not_in_these_documents_without_asking_anybody() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            Run run = ask(at(deepSeek), "Who was the first person to walk on the moon?\n");

            assertThat(run.output())
                    .contains("Not in these documents.\n[no passage is near enough to the question, so the reasoner was"
                            + " not asked]")
                    .contains("[so far: reasoner 0 requests, 0 tokens in")
                    .doesNotContain("cost");
            assertThat(deepSeek.allRequests()).isEmpty();
        }
    }

    @Test
    void should_mark_what_a_model_claims_without_a_source() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.thinking("Hm.").thenText("It weighs something [1]. Everybody loves that."));

            Run run = ask(at(deepSeek), "", "How much does the Ostro 2 S weigh?");

            assertThat(run.output())
                    .containsPattern("It weighs something \\[1]. Everybody loves that. \\[no source]\n"
                            + "  \\[1] (specifications|overview).md, .*\n\\[1 claim has no source]");
        }
    }

    @Test
    void should_point_citations_at_the_right_passages_and_show_with_wire_what_was_left_out() {
        Run run = ask(
                Map.of(),
                "How long does the Ostro 2 run on one charge?\n"
                        + "/passages\n"
                        + "And is it waterproof?\n"
                        + "/wire\n"
                        + "/forget\n"
                        + "/nonsense\n");

        assertThat(run.output())
                .contains("runs for 14 hours on a charge at a logging interval of ten seconds with Bluetooth off. [1]")
                .contains("  [1] battery.md, Battery and charging > Run time\n")
                .containsPattern(
                        "\\[1] battery.md, Battery and charging > Run time \\([01]\\.\\d\\d\\)\nWith firmware 2.1")
                .contains("There is no command /nonsense");
        String wire = run.output().substring(run.output().indexOf("POST http"));
        assertThat(wire)
                .contains("Authorization=***")
                .containsPattern("\\[[\\d,]+ bytes. A memory that keeps everything would have added [\\d,]+: [\\d,]+ of"
                        + " passages and [\\d,]+ of thoughts, from 1 earlier turn]")
                .doesNotContain("I am deepthink4j's simulator");
    }

    @Test
    void should_say_in_one_line_what_is_wrong_with_the_key() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            Run run = ask(
                    Map.of("DEEPSEEK_API_KEY", "wrong-key", "DEEPSEEK_BASE_URL", deepSeek.baseUrl()),
                    "How much does it weigh?\nAre you there?\n");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output())
                    .containsOnlyOnce("Error: ")
                    .contains("The API key was not accepted.")
                    .doesNotContain("wrong-key");
        }
    }

    @Test
    void should_go_on_after_an_error() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.error(400, "something is wrong"), Answer.text("It weighs 171 g [1]."));

            Run run = ask(at(deepSeek), "How much does the Ostro 2 S weigh?\nHow much does the Ostro 2 S weigh?\n");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output()).containsOnlyOnce("Error: ").contains("It weighs 171 g [1].");
        }
    }

    @Test
    void should_show_nothing_that_drives_a_terminal_whatever_the_model_says() {
        String hostile = "\033]0;title\007\u009B2J\u202E\b!";
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(
                    Answer.thinking("Hm " + hostile).thenText("So " + hostile), Answer.error(400, "no " + hostile));

            Run run = ask(at(deepSeek), "How much does it weigh?\nHow much does the Ostro 2 S weigh?\n/wire\n");

            assertThat(run.output())
                    .contains("(thinking) Hm ]0;title2J!")
                    .contains("\n  So ]0;title2J!")
                    .contains("Error: ")
                    .doesNotContainPattern("[\\p{Cc}&&[^\n\r\t]]|\u202E");
        }
    }

    @Test
    void should_say_in_one_line_that_the_base_url_is_none() {
        Run run = ask(Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", "nonsense"), "How much does it weigh?\n");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output()).containsOnlyOnce("Error: ").doesNotContain("nonsense");
    }

    @Test
    void should_speak_chinese_where_the_locale_does() throws IOException {
        Files.writeString(folder.resolve("tea.md"), "# Tea\nGreen tea wants water of 70 degrees.");
        Files.writeString(folder.resolve("broken.pdf"), "no PDF");
        Files.writeString(folder.resolve("empty.md"), " ");
        String index = folder.resolve("index").toString();
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
        try {
            Run ingest = SampleCorpus.run(Map.of(), "", "ingest", "--index", index, folder.toString());
            Run ask = SampleCorpus.run(
                    Map.of(), "How hot for green tea?\n/wire\n/help\n", "ask", "--index", index, "--min-score", "0");

            assertThat(ingest.output())
                    .contains("未读入：broken.pdf：不是能读的 PDF，或者已损坏。", "未读入：empty.md：文件是空的。")
                    .contains("正在读入 3 个文件", "新增 1 个，更新 0 个，删除 0 个，未变 0 个。索引里有 1 个文件，1 个段落。")
                    .doesNotContain("added", "index holds");
            assertThat(ask.output())
                    .contains(
                            "没有设置 DEEPSEEK_API_KEY",
                            "[累计：推理模型 1 次请求，输入 ",
                            "[若在 DeepSeek 上（按 deepseek-flash）：",
                            "字节。保留一切的记忆",
                            "/help：本列表")
                    .doesNotContain("so far", "bytes.", "cost");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void should_go_on_after_a_choice_that_the_model_does_not_know() {
        Run run = ask(
                Map.of(), "/effort nonsense\nIs the Ostro 2 waterproof?\n/effort\nIs the Ostro 2 waterproof?\n/quit\n");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output())
                .contains(
                        "> /effort nonsense\nThe efforts of deepseek-flash: minimal, low, medium, high, xhigh, max, ultra.")
                .containsPattern("(?s)It is not waterproof\\. \\[1].*It is not waterproof\\. \\[1]")
                .doesNotContain("Error", "\tat ");
    }

    @Test
    void should_say_how_to_take_back_what_a_server_refuses() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.error(400, "unknown reasoning_effort"));

            Run run = ask(at(deepSeek), "/effort high\nIs the Ostro 2 waterproof?\n/save no/such/folder.md\n");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.output())
                    .containsOnlyOnce("[/effort default leaves the effort to the model.]")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void should_take_an_empty_variable_for_one_that_is_not_set() {
        Run run = ask(
                Map.of("DEEPSEEK_MODEL", "", "DEEPSEEK_CHEAP_MODEL", " ", "DEEPSEEK_API_KEY", "", "RAG_STORE", ""),
                "Is the Ostro 2 waterproof?\n");

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).contains("a simulator answers", "It is not waterproof. [1]");
    }

    @Test
    void should_keep_the_query_of_a_base_url_and_not_show_it() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.text("No [1]."));

            Run run = ask(
                    Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", deepSeek.baseUrl() + "?v=1&key=hunter2"),
                    "Is the Ostro 2 waterproof?\n/wire\n");

            assertThat(run.exitCode()).isZero();
            assertThat(run.output())
                    .contains("No [1].", "/chat/completions?v=1&key=***")
                    .doesNotContain("hunter2");
        }
    }

    @ParameterizedTest
    @CsvSource({"ask,Ostro 2 \uFFFD\uFFFD\uFFFD?", "ingest,\uFFFD\uFFFD"})
    void should_say_what_an_argument_lacks_that_java_could_not_read(String command, String argument) {
        Run run = SampleCorpus.run(Map.of(), "", command, argument);

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.output())
                .startsWith("Error: an argument can't be read")
                .contains("LC_ALL=C.UTF-8")
                .doesNotContain("Exception", "Usage");
    }

    @Test
    void should_leave_no_empty_line_where_an_answer_has_failed_before_it_began() {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.as(Generation.V4_1)) {
            deepSeek.respond(Answer.error(402, "Insufficient Balance"));

            Run run = ask(at(deepSeek), "Is the Ostro 2 waterproof?\n");

            assertThat(run.output()).contains("> Is the Ostro 2 waterproof?\nError: The account has no balance left.");
        }
    }

    @Test
    void should_say_in_one_line_what_the_user_can_put_right() {
        String missing = folder.resolve("missing").toString();

        assertThat(SampleCorpus.run(Map.of(), "", "ask", "--index", missing, "Hi")
                        .output())
                .isEqualTo("Error: There is no index in " + missing + " yet. Make one: ingest <folder>\n");
        assertThat(SampleCorpus.run(Map.of(), "", "ingest", "--index", missing, folder.toString()))
                .isEqualTo(new Run(
                        2,
                        "Error: There is no document in " + folder
                                + ": .md, .txt, .pdf, .docx, .pptx, .xlsx, .html, .csv and .epub files are read."
                                + " Nothing was changed.\n"));
        assertThat(ask(Map.of(), "", "--min-score", "7", "Hi").output()).contains("--min-score must be from 0 to 1");
        assertThat(ask(Map.of(), "", "--budget", "10", "Hi").output()).contains("--budget must be at least 400");
        for (String store : List.of(
                "mysql://u:secret@h/d",
                "jdbc:postgresql://u:secret@h/d",
                "jdbc:postgresql://u:1@secret@h/d?user=u",
                "secret",
                "'jdbc:postgresql://secret'")) {
            assertThat(ask(Map.of("PGPASSWORD", "secret", "RAG_STORE", store), "", "Hi"))
                    .as(store)
                    .isEqualTo(new Run(
                            2,
                            "Error: The store, --store or RAG_STORE, must be given as"
                                    + " jdbc:postgresql://host:5432/database?user=name, with the password in"
                                    + " PGPASSWORD.\n"));
        }
        assertThat(SampleCorpus.run(
                                Map.of(),
                                "",
                                "ask",
                                "--store",
                                "jdbc:postgresql://127.0.0.1:1/none?user=u&password=secret",
                                "Hi")
                        .output())
                .startsWith("Error: The store jdbc:postgresql://127.0.0.1:1/none cannot be used: ")
                .doesNotContain("secret")
                .hasLineCount(1);
        assertThat(SampleCorpus.run(Map.of(), "", "evaluate", "--questions", missing)
                        .output())
                .contains("There are no questions in");
        assertThat(SampleCorpus.run(Map.of(), "").output())
                .contains("Usage: rag")
                .contains("ingest")
                .contains("ask");
        assertThat(SampleCorpus.run(Map.of(), "", "digest").exitCode()).isEqualTo(2);
    }
}

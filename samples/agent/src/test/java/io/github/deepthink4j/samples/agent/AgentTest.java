package io.github.deepthink4j.samples.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.langchain4j.agent.tool.Tool;
import io.github.deepthink4j.samples.agent.screen.PipeScreen;
import io.github.deepthink4j.samples.agent.screen.Screen;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import io.github.deepthink4j.testkit.rule.Generation;
import io.github.deepthink4j.testkit.script.Answer;
import io.github.deepthink4j.testkit.script.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(60)
class AgentTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open(url);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private Screen screen(String input) {
        return new PipeScreen(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    private String run(Map<String, String> environment, String input) throws SQLException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("AGENT_DATABASE", url);
        out.reset();
        assertThat(Main.run(screen(input), all, Duration.ZERO)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private String run(String input) throws SQLException {
        return run(Map.of(), input);
    }

    @Test
    void should_plan_look_up_and_answer_with_every_steps_tokens() throws SQLException {
        String output = run("Where is order 1022?\n");

        assertThat(output)
                .contains("a simulator plays R1")
                .contains("1. Call findOrder.")
                .contains("-> findOrder {\"orderNumber\": 1022}")
                .contains("<- Order 1022 of ")
                .contains("Here it is. Order 1022 of ")
                .contains("it is on its way")
                .containsPattern("\\[plan: \\d+ tokens in, \\d+ out; \\d+\\.\\d s]")
                .containsPattern("\\[call: \\d+ tokens in, \\d+ out; \\d+\\.\\d s]")
                .containsPattern("\\[answer: \\d+ tokens in, \\d+ out; \\d+\\.\\d s]")
                .containsPattern(
                        "\\[would cost on DeepSeek, as deepseek-flash: 0\\.0\\d+ USD \\((off-peak|peak hours)\\);"
                                + " this conversation: 0\\.0\\d+ USD]")
                .doesNotContain("\033");
    }

    @Test
    void should_answer_otherwise_when_a_row_changes() throws SQLException {
        String before = run("Is the Oak chair in stock?\n");

        shop.update("UPDATE products SET stock = 4711 WHERE name = ?", "Oak chair");
        String after = run("Is the Oak chair in stock?\n");

        assertThat(before).doesNotContain("4711");
        assertThat(after).contains("Oak chair: 4711 in stock");
    }

    @Test
    void should_pay_only_after_a_yes() throws SQLException {
        String declined = run("Refund order 1012, it arrived broken.\nno\n");
        assertThat(declined)
                .contains("for order 1012 (damaged goods are refunded in full")
                .contains("The person has not confirmed. Nothing was paid");
        assertThat(shop.order(1012).orElseThrow().refunded()).isZero();

        String confirmed = run("Refund order 1012, it arrived broken.\nyes\n");
        assertThat(confirmed).contains("Paid: ").contains(" EUR for order 1012");
        Order refunded = shop.order(1012).orElseThrow();
        assertThat(refunded.refunded()).isEqualByComparingTo(refunded.total());

        assertThat(run("Refund order 1012, it arrived broken.\nyes\n")).contains("have been refunded");
        assertThat(shop.order(1012).orElseThrow().refunded()).isEqualByComparingTo(refunded.total());
    }

    @Test
    void should_answer_the_next_question_where_nobody_has_said_yes_or_no() throws SQLException {
        assertThat(run("Refund order 1012, it arrived broken.\nWhere is order 1022?\n"))
                .contains(
                        "Nothing was paid",
                        "the line as a question",
                        "\n> Where is order 1022?\n",
                        "Here it is. Order 1022");
        assertThat(shop.order(1012).orElseThrow().refunded()).isZero();
    }

    @Test
    void should_leave_out_a_line_in_which_nothing_can_be_seen_and_answer_the_others() throws SQLException {
        assertThat(run("\001\n \033\u200B\nWhere is order 1022?\n\001\n"))
                .contains(
                        "\n> \n[nothing that can be seen stands in this line: it is left out]\n",
                        "Here it is. Order 1022")
                .doesNotContain("Error", "Exception");
    }

    @Test
    void should_not_propose_what_the_rules_forbid() throws SQLException {
        shop.update("UPDATE orders SET delivered_on = DATEADD('DAY', -91, CURRENT_DATE) WHERE number = 1012");

        assertThat(run("Refund order 1012, it arrived broken.\nyes\n"))
                .contains("No refund for order 1012: damage must be reported within 90 days")
                .doesNotContain("(yes/no)");
        assertThat(shop.order(1012).orElseThrow().refunded()).isZero();
    }

    @Test
    void should_do_without_plans() throws SQLException {
        assertThat(run(Map.of("AGENT_STRATEGY", "route"), "Where is order 1022?\n"))
                .contains("Here it is. Order 1022")
                .doesNotContain("[plan:");
    }

    @Test
    void should_say_what_is_wrong_with_a_question_and_go_on() throws SQLException {
        assertThat(run("Where is order 99999?\nIs the x' OR '1'='1 in stock?\nWhere is order 1022?\n"))
                .contains("There is no order 99999. Ask the person for its number.")
                .contains("There is no product 'x' OR '1'='1'")
                .contains("Here it is. Order 1022");
    }

    @Test
    void should_have_the_commands_of_the_other_samples_and_send_none_to_a_model() throws SQLException {
        String output = run("/wire\n"
                + "/memory\n"
                + "Where is order 1022?\n"
                + "/wire\n"
                + "/memory\n"
                + "/forget\n"
                + "/memory\n"
                + "/help\n"
                + "/nonsense\n"
                + "/exit\n"
                + "no\n");

        assertThat(output)
                .contains("Nothing has been sent to the reasoner yet.", "Nothing has been sent to the tool caller yet.")
                .contains("To the reasoner: POST http://", "To the tool caller: POST http://", "Authorization=***")
                .contains("Kept, at most 20 turns:\n"
                        + "  you:   Where is order 1022?\n"
                        + "  calls: findOrder {\"orderNumber\": 1022}\n")
                .containsPattern("\n  tool:  Order 1022 of .*\n  model: Here it is\\. Order 1022 of ")
                .contains("/wire: the last request to each model")
                .contains("There is no command /nonsense; /help lists those there are.")
                .doesNotContain("> no");
        assertThat(output.split("\\[plan: deepseek-reasoner]", -1))
                .as("one question was asked")
                .hasSize(2);
        assertThat(output.split("Nothing is kept yet", -1)).hasSize(3);
    }

    @Test
    void should_count_one_result_as_one() throws SQLException {
        assertThat(run("Where is order 1022?\n")).contains("There is 1 result;").doesNotContain("There are 1 ");
    }

    @Test
    void should_refuse_to_ignore_half_of_the_settings() throws SQLException {
        int exitCode = Main.run(
                screen("Where is order 1022?\n"),
                Map.of("REASONER_BASE_URL", "http://127.0.0.1:9", "REASONER_MODEL", "deepseek-reasoner"),
                Duration.ZERO);

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("Error: REASONER_BASE_URL, REASONER_MODEL are set, TOOLS_BASE_URL, TOOLS_API_KEY are not")
                .hasLineCount(1);
    }

    @Test
    void should_say_that_no_key_is_sent_to_a_server_of_ones_own() throws SQLException {
        Main.run(screen(""), Map.of("DEEPSEEK_BASE_URL", "http://127.0.0.1:9", "AGENT_DATABASE", url), Duration.ZERO);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("at http://127.0.0.1:9, without a key");
    }

    @Test
    void should_answer_a_chinese_question_in_chinese() throws SQLException {
        assertThat(run("你好，你是谁？\n"))
                .contains("我是 deepthink4j 的模拟器", "订单 1022 到哪了？")
                .doesNotContain("I am deepthink4j's simulator");
        assertThat(run("订单 1022 到哪了？\n"))
                .contains("1. 调用 findOrder。", "-> findOrder {\"orderNumber\": 1022}", "查到了。Order 1022 of ");
        assertThat(run("订单号是1022，到哪了？\n")).contains("-> findOrder {\"orderNumber\": 1022}");
        assertThat(run("Oak chair 还有货吗？\n")).contains("-> checkStock {\"product\": \"Oak chair\"}");
    }

    @Test
    void should_understand_other_words_for_a_refund() throws SQLException {
        assertThat(run("退掉订单 1012，收到时已经坏了\n不\n")).contains("(yes/no)", "DAMAGED", "Nothing was paid");
        out.reset();
        assertThat(run("我想把 1012 号订单退了，杯子摔破了\n不\n")).contains("(yes/no)", "DAMAGED", "Nothing was paid");
        out.reset();
        assertThat(run("Order 1012 does not work, I return it.\n不\n"))
                .contains("(yes/no)", "DAMAGED", "Nothing was paid");
        out.reset();
        assertThat(run("退掉订单 1012，收到时已经坏了\n是\n")).contains("(yes/no)", "Paid: ");
    }

    @Test
    void should_pay_after_a_chinese_yes() throws SQLException {
        assertThat(run("订单 1012 到货时坏了，我要退款。\n不是\n")).contains("Nothing was paid");
        assertThat(run("订单 1012 到货时坏了，我要退款。\n是\n")).contains("(yes/no)", "Paid: ");
    }

    @Test
    void should_speak_chinese_where_the_locale_does() throws SQLException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
        try {
            assertThat(run("/help\n订单 1012 到货时坏了，我要退款。\n好的\n"))
                    .contains("没有设置 DEEPSEEK_API_KEY", "/wire：发给每个模型", "[规划：", "要为订单 1012 退款", "（是/否）", "Paid: ");
            out.reset();
            Main.run(screen(""), Map.of("DEEPSEEK_BASE_URL", "secret"), Duration.ZERO);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .startsWith("错误：DEEPSEEK_BASE_URL 不是服务器的地址。")
                    .hasLineCount(1)
                    .doesNotContain("secret");
        } finally {
            Locale.setDefault(before);
        }
    }

    private String refused(String database) {
        out.reset();
        ByteArrayOutputStream terminal = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(terminal, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(screen(""), Map.of("AGENT_DATABASE", database), Duration.ZERO))
                    .isEqualTo(1);
        } finally {
            System.setErr(err);
        }
        assertThat(terminal.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("Error: AGENT_DATABASE ")
                .hasLineCount(1)
                .doesNotContain("hunter2", "secret");
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void should_say_in_one_line_why_the_database_can_not_be_opened(@TempDir Path folder) throws IOException {
        assertThat(refused("jdbc:nonsense")).contains("is not a JDBC url of H2", "jdbc:h2:./shop");
        assertThat(refused("jdbc:h2:secret")).contains("jdbc:h2:./shop");
        assertThat(refused("jdbc:h2:mem:secret;USER=bob;PASSWORD=hunter2")).contains("the user is sa");
        assertThat(refused("jdbc:h2:mem:secret;HUNTER2=1")).contains("does not know");
        assertThat(refused("jdbc:h2:mem:secret;IFEXISTS=TRUE")).contains("can't be opened (error 90146 of H2)");
        Files.createFile(folder.resolve("secret"));
        assertThat(refused("jdbc:h2:" + folder.resolve("secret") + "/shop")).contains("can't be opened");
    }

    @Test
    void should_not_wait_for_a_database_server_that_is_silent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String server = "jdbc:h2:tcp://127.0.0.1:" + silent.getLocalPort() + "/secret";

            assertThatThrownBy(() -> Shop.open(server, Duration.ofMillis(200)))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(UnusableDatabase.because(e))
                                    .hasMessageStartingWith(
                                            "AGENT_DATABASE names a server that accepts connections and does not answer.")
                                    .hasMessageNotContaining("secret"));
        }
    }

    @Test
    void should_fill_a_shop_anew_that_was_ended_while_it_was_filled(@TempDir Path folder) throws Exception {
        String script = Files.readString(Path.of("src/main/resources/shop.sql"));
        String[] statements = script.replaceAll("(?m)^--.*", "").split(";");
        for (int done = 1; done < statements.length - 1; done++) {
            String file = "jdbc:h2:" + folder.resolve("shop" + done);
            try (Connection connection = DriverManager.getConnection(file, "sa", "")) {
                for (int i = 0; i < done; i++) {
                    connection.createStatement().execute(statements[i]);
                }
            }

            try (Shop filled = Shop.open(file)) {
                assertThat(filled.order(1012)).isPresent();
                assertThat(filled.update("DELETE FROM refunds")).isZero();
                filled.update("UPDATE products SET stock = 4711");
            }
            try (Shop opened = Shop.open(file)) {
                assertThat(opened.product("Oak chair").orElseThrow().stock())
                        .as("it is not filled twice")
                        .isEqualTo(4711);
            }
        }
    }

    @Test
    void should_neither_use_nor_delete_tables_that_are_no_shop(@TempDir Path folder) throws Exception {
        String file = "jdbc:h2:" + folder.resolve("secret");
        try (Connection connection = DriverManager.getConnection(file, "sa", "")) {
            connection.createStatement().execute("CREATE TABLE orders (mine INT)");
        }

        assertThat(refused(file)).contains("some of the shop's tables and not the others");
        try (Connection connection = DriverManager.getConnection(file, "sa", "")) {
            assertThat(connection
                            .createStatement()
                            .executeQuery("SELECT mine FROM orders")
                            .next())
                    .isFalse();
        }
    }

    @Test
    void should_say_in_one_line_that_another_program_has_the_database_open(@TempDir Path folder) throws Exception {
        String file = "jdbc:h2:" + folder.resolve("shop");
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenDatabase.class.getName(),
                        file)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.getInputStream().read()).as("it is open").isEqualTo('o');

            assertThat(refused(file)).contains("another program has open");
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** Another program that has a database open until it is ended. */
    public static final class OpenDatabase {

        private OpenDatabase() {}

        public static void main(String[] args) throws Exception {
            try (Shop shop = Shop.open(args[0])) {
                assertThat(shop.order(1012)).isPresent();
                System.out.write('o');
                System.out.flush();
                System.in.read();
            }
        }
    }

    /** What a model may do wrong, and what a shop may. */
    public static final class Nonsense {

        @Tool("hangs")
        String hang() throws InterruptedException {
            Thread.sleep(60_000);
            return "never";
        }

        @Tool("fails")
        String fail() {
            throw new IllegalStateException("jdbc:secret");
        }

        @Tool("takes a number")
        String number(int number) {
            return "number " + number;
        }
    }

    @Test
    void should_go_on_whatever_a_tool_does_or_gets() {
        try (DeepSeekSimulator simulator = DeepSeekSimulator.as(Generation.V4_1)) {
            simulator.respond(
                    Answer.toolCall("hang", "{}"),
                    Answer.toolCall("fail", "{}"),
                    Answer.toolCall("number", "{\"number\": \"many\"}"),
                    Answer.toolCall("no_such_tool", "{}"),
                    Answer.text("I have tried everything."));
            Settings.Model model = new Settings.Model("any", simulator.baseUrl(), "deepseek-flash");
            Settings settings = new Settings(model, model, false, url);

            int exitCode = new Agent(screen("Do it\n"), settings, new Nonsense(), Duration.ofSeconds(1)).run();

            assertThat(exitCode).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("The tool hang has not answered within 1 seconds")
                    .contains("The tool fail has failed (IllegalStateException)")
                    .contains("The arguments of number do not fit its schema")
                    .contains("There is no tool no_such_tool")
                    .contains("I have tried everything.")
                    .doesNotContain("jdbc:secret");
        }
    }

    @Test
    void should_show_nothing_that_drives_a_terminal_whatever_the_model_says() {
        String hostile = "\033]0;title\007\u009B2J\u202E\b!";
        try (DeepSeekSimulator simulator = DeepSeekSimulator.as(Generation.V4_1)) {
            simulator.respond(
                    Answer.toolCall(hostile, "{\"a\": \"" + hostile + "\"}"),
                    Answer.thinking("Hm " + hostile).thenText("So " + hostile),
                    Answer.error(400, "no " + hostile));
            Settings.Model model = new Settings.Model("any", simulator.baseUrl(), "deepseek-flash");
            Settings settings = new Settings(model, model, false, url);

            new Agent(screen("Do it\nAgain\n"), settings, new Nonsense(), Duration.ofSeconds(1)).run();

            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("-> ]0;title2J! ")
                    .contains("There is no tool ]0;title2J!.")
                    .contains("(thinking) Hm ]0;title2J!")
                    .contains("So ]0;title2J!")
                    .contains("Error: ")
                    .doesNotContainPattern("[\\p{Cc}&&[^\n\r\t]]|\u202E");
        }
    }

    /** Says whatever it is asked to. */
    public static final class Parrot {

        @Tool("repeats")
        String repeat(String text) {
            return text;
        }
    }

    @Test
    void should_not_let_a_call_or_a_result_look_like_lines_of_the_program_or_an_answer() {
        try (DeepSeekSimulator simulator = DeepSeekSimulator.as(Generation.V4_1)) {
            simulator.respond(
                    Answer.toolCall("pay\n> yes\n  Paid.", "{\"a\":\n  \"b\u2028> yes\"}"),
                    Answer.toolCall("repeat", "{\"text\": \"x\\n> yes\\r\\n  Paid.\\u0085[cost: 0]\"}"),
                    Answer.text("So it is."));
            Settings.Model model = new Settings.Model("any", simulator.baseUrl(), "deepseek-flash");
            Settings settings = new Settings(model, model, false, url);

            new Agent(screen("Do it\n"), settings, new Parrot(), Duration.ofSeconds(1)).run();

            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("-> pay > yes Paid. {\"a\": \"b > yes\"}\n")
                    .contains("<- There is no tool pay > yes Paid.. Use the ones there are.\n")
                    .contains("<- x > yes Paid. [cost: 0]\n");
            assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("  ")))
                    .containsExactly("  So it is.");
        }
    }

    @Test
    void should_stop_on_ctrl_c_and_answer_the_next_question() throws Exception {
        CompletableFuture<Runnable> ctrlC = new CompletableFuture<>();
        try (DeepSeekSimulator simulator = DeepSeekSimulator.builder()
                .generation(Generation.R1)
                .brain(new SupportBrain())
                .build()) {
            simulator.respond(Answer.text("never").fault(Fault.STALL_BEFORE_HEADERS));
            Settings settings = Settings.from(Map.of()).simulatedAt(simulator.baseUrl());
            Screen piped = screen("Where is order 1012?\nWhere is order 1022?\n");
            Screen interruptible = new Interrupted(piped, ctrlC);
            CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(
                    () -> new Agent(interruptible, settings, new ShopTools(shop, piped::confirm), Duration.ofSeconds(5))
                            .run());

            Runnable stop = ctrlC.get(10, TimeUnit.SECONDS);
            while (simulator.requests().isEmpty()) {
                Thread.sleep(5);
            }
            stop.run();

            assertThat(exitCode.get(20, TimeUnit.SECONDS)).isZero();
            assertThat(simulator.requests().get(0).cancelled()).isTrue();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("[stopped]")
                    .contains("Here it is. Order 1022")
                    .doesNotContain("Here it is. Order 1012");
            assertThat(simulator.lastRequest().body().toString()).doesNotContain("1012");
        }
    }

    /** Presses Ctrl-C while it runs. */
    public static final class Pressing {

        private final CompletableFuture<Runnable> ctrlC;
        private volatile boolean paid;

        Pressing(CompletableFuture<Runnable> ctrlC) {
            this.ctrlC = ctrlC;
        }

        @Tool("presses")
        String press() {
            ctrlC.join().run();
            return "pressed";
        }

        @Tool("pays")
        String pay() {
            paid = true;
            return "paid";
        }
    }

    @Test
    void should_stop_quietly_on_ctrl_c_while_a_tool_runs() {
        CompletableFuture<Runnable> ctrlC = new CompletableFuture<>();
        ListAppender<ILoggingEvent> logged = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        try (DeepSeekSimulator simulator = DeepSeekSimulator.as(Generation.V4_1)) {
            simulator.respond(Answer.toolCall("press", "{}").andToolCall("pay", "{}"), Answer.text("I am here."));
            Pressing tools = new Pressing(ctrlC);
            Settings.Model model = new Settings.Model("any", simulator.baseUrl(), "deepseek-flash");
            Settings settings = new Settings(model, model, false, url);
            logged.start();
            root.addAppender(logged);

            int exitCode = new Agent(
                            new Interrupted(screen("Press\nAre you there?\n"), ctrlC),
                            settings,
                            tools,
                            Duration.ofSeconds(5))
                    .run();

            assertThat(exitCode).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("[stopped]", "I am here.")
                    .doesNotContain("Error: ");
            assertThat(simulator.requests()).as("no round after the stop").hasSize(2);
            assertThat(tools.paid).as("a tool began after the stop").isFalse();
            assertThat(logged.list)
                    .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                    .isEmpty();
        } finally {
            root.detachAppender(logged);
        }
    }

    @Test
    void should_stop_a_model_that_calls_tools_without_end() {
        try (DeepSeekSimulator simulator = DeepSeekSimulator.as(Generation.V4_1)) {
            for (int i = 0; i < 2 * Agent.ROUNDS; i++) {
                simulator.respond(Answer.toolCall("no_such_tool", "{}"));
            }
            Settings.Model model = new Settings.Model("any", simulator.baseUrl(), "deepseek-flash");
            Settings settings = new Settings(model, model, false, url);

            int exitCode = new Agent(screen("Do it\n"), settings, new Nonsense(), Duration.ofSeconds(1)).run();

            assertThat(exitCode).isEqualTo(1);
            assertThat(simulator.requests()).hasSizeBetween(Agent.ROUNDS, Agent.ROUNDS + 1);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("Error: The tool caller has called tools 10 times and more", "TOOLS_MODEL.")
                    .doesNotContain("maxToolCallingRoundTrips");
        }
    }

    /** A screen whose Ctrl-C the test can press. */
    private record Interrupted(Screen screen, CompletableFuture<Runnable> ctrlC) implements Screen {

        @Override
        public boolean isTerminal() {
            return screen.isTerminal();
        }

        @Override
        public Optional<String> read() {
            return screen.read();
        }

        @Override
        public boolean confirm(String question) {
            return screen.confirm(question);
        }

        @Override
        public void complete(Collection<String> names) {
            screen.complete(names);
        }

        @Override
        public void line(String text) {
            screen.line(text);
        }

        @Override
        public void verbatim(String text) {
            screen.verbatim(text);
        }

        @Override
        public void plain(String text) {
            screen.plain(text);
        }

        @Override
        public void dimmed(String text) {
            screen.dimmed(text);
        }

        @Override
        public void endDimmed() {
            screen.endDimmed();
        }

        @Override
        public void note(String text) {
            screen.note(text);
        }

        @Override
        public void progress(double done, int all, String what) {
            screen.progress(done, all, what);
        }

        @Override
        public <T> T interruptible(Runnable onInterrupt, Supplier<T> work) {
            ctrlC.complete(onInterrupt);
            return work.get();
        }

        @Override
        public void close() throws IOException {
            screen.close();
        }
    }

    @Test
    void should_end_when_the_key_is_bad() throws SQLException {
        try (DeepSeekSimulator simulator = DeepSeekSimulator.as(Generation.V4_1)) {
            int exitCode = Main.run(
                    screen("Where is order 1022?\nAre you there?\n"),
                    Map.of(
                            "DEEPSEEK_API_KEY",
                            "wrong-key",
                            "DEEPSEEK_BASE_URL",
                            simulator.baseUrl(),
                            "AGENT_DATABASE",
                            url),
                    Duration.ZERO);

            assertThat(exitCode).isEqualTo(1);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .containsOnlyOnce("Error: ")
                    .doesNotContain("wrong-key");
        }
    }

    @Test
    void should_say_in_one_line_that_the_base_url_is_none() throws SQLException {
        int exitCode = Main.run(
                screen("Where is order 1022?\n"),
                Map.of("DEEPSEEK_API_KEY", "any", "DEEPSEEK_BASE_URL", "nonsense", "AGENT_DATABASE", url),
                Duration.ZERO);

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("Error: DEEPSEEK_BASE_URL is not the address of a server. It begins with http://")
                .hasLineCount(1)
                .doesNotContain("nonsense");
    }

    @Test
    void should_take_an_empty_variable_for_one_that_is_not_set() throws SQLException {
        assertThat(run(
                        Map.of("DEEPSEEK_MODEL", "", "TOOLS_API_KEY", " ", "REASONER_MODEL", ""),
                        "Where is order 1022?\n"))
                .contains("a simulator plays R1", "Here it is. Order 1022");
    }

    @Test
    void should_say_in_one_line_what_is_missing_beside_a_key_for_one_model() {
        int exitCode = Main.run(screen("Where is order 1022?\n"), Map.of("REASONER_API_KEY", "hunter2"), Duration.ZERO);

        assertThat(exitCode).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "Error: REASONER_API_KEY is set, TOOLS_BASE_URL, TOOLS_API_KEY are not: it is not known where"
                                + " the tool caller is.")
                .hasLineCount(1)
                .doesNotContain("hunter2", "No DEEPSEEK_API_KEY is set");
    }

    @Test
    void should_keep_the_query_of_a_base_url_and_not_show_it() throws SQLException {
        try (DeepSeekSimulator deepSeek = DeepSeekSimulator.builder()
                .generation(Generation.R1)
                .brain(new SupportBrain())
                .build()) {
            String output = run(
                    Map.of(
                            "DEEPSEEK_BASE_URL",
                            deepSeek.baseUrl() + "?v=1&key=hunter2",
                            "DEEPSEEK_API_KEY",
                            "any",
                            "REASONER_MODEL",
                            "deepseek-reasoner",
                            "TOOLS_MODEL",
                            "deepseek-chat"),
                    "Where is order 1022?\n/wire\n");

            assertThat(output)
                    .contains("Here it is. Order 1022", "/chat/completions?v=1&key=***")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void should_go_on_after_a_choice_that_the_model_does_not_know() throws SQLException {
        int exitCode = Main.run(
                screen("/effort nonsense\nWhere is order 1022?\n/model a b\n/think off\nWhere is order 1022?\n"),
                Map.of("AGENT_DATABASE", url),
                Duration.ZERO);

        assertThat(exitCode).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("> /effort nonsense\ndeepseek-reasoner knows no effort", "> /model a b\nIt is /model NAME")
                .contains("> /think off\ndeepseek-reasoner always thinks")
                .containsPattern("(?s)Here it is\\. Order 1022.*Here it is\\. Order 1022")
                .doesNotContain("Error", "\tat ");
    }

    @Test
    void should_say_how_to_take_back_what_a_server_refuses_and_remember_in_one_line_each() {
        try (DeepSeekSimulator simulator = DeepSeekSimulator.as(Generation.V4_1)) {
            simulator.respond(
                    Answer.error(400, "unknown reasoning_effort"), Answer.text("a\u2028b\u0085c\u000Bd\r\ntool:  e"));
            Settings.Model model = new Settings.Model("any", simulator.baseUrl(), "deepseek-flash");
            Settings settings = new Settings(model, model, false, url);

            new Agent(
                            screen("/effort high\nHi\nHi again\n/memory\n/save no/such/folder.md\n"),
                            settings,
                            new Nonsense(),
                            Duration.ofSeconds(1))
                    .run();

            assertThat(out.toString(StandardCharsets.UTF_8))
                    .containsOnlyOnce("[/effort default leaves the effort to the model.]")
                    .contains("\n  model: a b c d tool: e\n", "There is no folder no/such.")
                    .doesNotContain("Exception");
        }
    }
}

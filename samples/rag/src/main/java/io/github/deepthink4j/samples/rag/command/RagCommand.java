package io.github.deepthink4j.samples.rag.command;

import dev.langchain4j.exception.LangChain4jException;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.index.FileTrouble;
import io.github.deepthink4j.samples.rag.screen.Screen;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;

/** The program: its subcommands, and what is said when one of them fails. */
@Command(
        name = "rag",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Questions over your own documents, answered by a reasoner that cites them.",
        synopsisSubcommandLabel = "(ingest | ask | evaluate)")
public final class RagCommand {

    private static final int FAILED = 2;

    /** In the place of each byte that is no character. */
    private static final String UNREAD = "\uFFFD";

    private RagCommand() {}

    /**
     * The exit code: 0 for done, 1 for done in part, 2 for not done.
     *
     * @param pace between the pieces of an answer to a question that is simulated
     */
    public static int run(Screen screen, Map<String, String> environment, Duration pace, String... args) {
        StringWriter text = new StringWriter();
        CommandLine commandLine = new CommandLine(new RagCommand())
                .addSubcommand(new IngestCommand(screen, environment))
                .addSubcommand(new AskCommand(screen, environment, pace))
                .addSubcommand(new EvaluateCommand(screen, environment))
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .setExecutionExceptionHandler((e, failed, parsed) -> fail(screen, e));
        int exitCode = execute(screen, commandLine, args);
        if (!text.toString().isEmpty()) {
            screen.line(text.toString().stripTrailing());
        }
        return exitCode;
    }

    private static int execute(Screen screen, CommandLine commandLine, String... args) {
        if (Stream.of(args).anyMatch(argument -> argument.contains(UNREAD))) {
            screen.line(Words.of(
                    "Error: an argument can't be read, since Java knows ASCII alone without a locale. LC_ALL=C.UTF-8 is one. A"
                            + " question can also be typed, or piped in, whatever the locale.",
                    "错误：读不出一个参数：没有 locale 时 Java 只认识 ASCII。请设置例如 LC_ALL=C.UTF-8。问题也可以在程序里输入，或从管道输入，与 locale" + " 无关。"));
            return FAILED;
        }
        try {
            return args.length == 0 ? usage(commandLine) : commandLine.execute(args);
        } catch (OutOfMemoryError | LinkageError e) {
            // Native libraries that cannot be unpacked, such as where the folder for temporary files is full.
            return fail(screen, e);
        }
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(commandLine.getOut());
        return FAILED;
    }

    private static int fail(Screen screen, Throwable e) {
        screen.line(e instanceof UsageException || e instanceof LangChain4jException ? Words.error(e) : inOneLine(e));
        return FAILED;
    }

    private static String inOneLine(Throwable e) {
        String error = Words.of("Error: ", "错误：");
        if (cause(e, SQLException.class) instanceof SQLException sql) {
            String why = last(sql).getMessage().lines().findFirst().orElse("");
            return error
                    + Words.of(
                            "the store has failed: " + why + ". What was not done yet is done by the next run.",
                            "存储失败：" + why + "。没有完成的部分在下一次运行时完成。");
        }
        if (cause(e, IOException.class) instanceof IOException io) {
            return error + FileTrouble.named(io);
        }
        if (e instanceof OutOfMemoryError) {
            return error
                    + Words.of(
                            "there is not enough memory; MAVEN_OPTS=-Xmx4g gives it more. What was done is kept.",
                            "内存不足；可用 MAVEN_OPTS=-Xmx4g 增加。已完成的部分会保留。");
        }
        // Nothing that a user can put right: it says where, for whoever reports it.
        StackTraceElement[] places = e.getStackTrace();
        return error
                + String.valueOf(e).lines().findFirst().orElse("")
                + (places.length == 0 ? "" : " (" + places[0] + ")");
    }

    /** Of a batch, the one that says why; the first only says that, and quotes the whole statement. */
    private static SQLException last(SQLException e) {
        return e.getNextException() == null ? e : last(e.getNextException());
    }

    private static Throwable cause(Throwable e, Class<? extends Throwable> type) {
        Throwable cause = e;
        while (cause != null && !type.isInstance(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }
}

package io.github.deepthink4j.samples.rag.command;

import dev.langchain4j.exception.LangChain4jException;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.screen.Screen;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
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
        int exitCode = args.length == 0 ? usage(commandLine) : commandLine.execute(args);
        if (!text.toString().isEmpty()) {
            screen.line(text.toString().stripTrailing());
        }
        return exitCode;
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(commandLine.getOut());
        return FAILED;
    }

    private static int fail(Screen screen, Exception e) throws Exception {
        if (e instanceof UsageException || e instanceof LangChain4jException) {
            screen.line(Words.error(e));
        } else if (cause(e, SQLException.class) instanceof SQLException sql) {
            String why = last(sql).getMessage().lines().findFirst().orElse("");
            screen.line(Words.of(
                    "Error: the store has failed: " + why + ". What was not done yet is done by the next run.",
                    "错误：存储失败：" + why + "。没有完成的部分在下一次运行时完成。"));
        } else if (e instanceof IOException) {
            screen.line(Words.of("Error: ", "错误：") + e.getClass().getSimpleName() + ": " + e.getMessage());
        } else {
            throw e;
        }
        return FAILED;
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

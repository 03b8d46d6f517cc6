package io.github.deepthink4j.testkit.standalone;

import picocli.CommandLine;

/** Starts the program. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SimulatorCommand())
                .addSubcommand(new RecordCommand())
                .setExecutionExceptionHandler((exception, command, parsed) -> {
                    // What the user can do something about; a stack trace would hide it.
                    command.getErr().println(exception.getMessage());
                    return command.getCommandSpec().exitCodeOnExecutionException();
                })
                .execute(arguments));
    }
}

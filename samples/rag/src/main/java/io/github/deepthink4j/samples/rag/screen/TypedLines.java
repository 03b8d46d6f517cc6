package io.github.deepthink4j.samples.rag.screen;

import java.util.Collection;
import java.util.List;
import org.jline.keymap.KeyMap;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.reader.Widget;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;

/**
 * A line editor that returns what was typed or pasted, character by character. JLine is made for shells: by itself it calls up
 * history by a !, takes backslashes away, waits for the other quote and completes at a tab.
 */
final class TypedLines {

    private static final String TAB = "\t";
    private static final String COMMAND_OR_TAB = "command-or-tab";

    private final LineReader reader;
    private Collection<String> commands = List.of();

    TypedLines(Terminal terminal) {
        DefaultParser asItIs = new DefaultParser();
        asItIs.setEscapeChars(null);
        asItIs.setQuoteChars(new char[0]);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(asItIs)
                .completer((line, parsed, found) -> new StringsCompleter(commands).complete(line, parsed, found))
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ")
                .variable(LineReader.BELL_STYLE, "none")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_REDUCE_BLANKS, false)
                .option(LineReader.Option.AUTO_FRESH_LINE, false)
                .build();
        reader.getWidgets().put(COMMAND_OR_TAB, commandOrTab());
        for (String map : List.of(LineReader.MAIN, LineReader.EMACS)) {
            KeyMap<org.jline.reader.Binding> keys = reader.getKeyMaps().get(map);
            keys.bind(new Reference(COMMAND_OR_TAB), TAB);
        }
    }

    private Widget commandOrTab() {
        return () -> {
            boolean command = reader.getBuffer().toString().matches("/[A-Za-z]*");
            if (command) {
                reader.callWidget(LineReader.EXPAND_OR_COMPLETE);
            } else {
                reader.getBuffer().write(TAB);
            }
            return true;
        };
    }

    /** What a tab completes. */
    void complete(Collection<String> names) {
        commands = List.copyOf(names);
    }

    /**
     * @throws org.jline.reader.UserInterruptException at Ctrl-C
     * @throws org.jline.reader.EndOfFileException at Ctrl-D
     */
    String read(String prompt) {
        boolean interrupted;
        String line;
        try {
            line = reader.readLine(prompt);
        } finally {
            // A second Ctrl-C may have come while the first one was dealt with, and is not for what this thread does
            // next.
            interrupted = Thread.interrupted();
        }
        if (interrupted) {
            throw new UserInterruptException(line);
        }
        return line;
    }
}

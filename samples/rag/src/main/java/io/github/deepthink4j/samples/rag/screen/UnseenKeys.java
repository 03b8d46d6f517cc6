package io.github.deepthink4j.samples.rag.screen;

import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/**
 * A terminal that does not show the keys that are pressed, until this is closed. At Ctrl-Z a shell has it meanwhile: it gets the terminal
 * as it was, and what was set is set again when the program goes on.
 */
final class UnseenKeys {

    private final Terminal terminal;
    private final Attributes before;
    private final Attributes unseen;
    private final Runnable onHalt;
    private final SignalHandler halting;
    private final SignalHandler goingOn;
    private boolean closed;

    /**
     * @param onHalt   what is done before the program halts
     * @param onGoOn what is done when it goes on
     */
    UnseenKeys(Terminal terminal, Runnable onHalt, Runnable onGoOn) {
        this.terminal = terminal;
        this.onHalt = onHalt;
        before = terminal.getAttributes();
        unseen = new Attributes(before);
        unseen.setLocalFlag(LocalFlag.ICANON, false);
        unseen.setLocalFlag(LocalFlag.ECHO, false);
        terminal.setAttributes(unseen);
        halting = terminal.handle(Signal.TSTP, signal -> halt());
        goingOn = terminal.handle(Signal.CONT, signal -> goOn(onGoOn));
    }

    private synchronized void halt() {
        if (closed) {
            return;
        }
        onHalt.run();
        terminal.setAttributes(before);
        try {
            // Caught as it is, this signal halts nothing by itself.
            new ProcessBuilder(
                            "kill",
                            "-STOP",
                            String.valueOf(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            goOn(() -> {});
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void goOn(Runnable onGoOn) {
        if (!closed) {
            terminal.setAttributes(unseen);
            onGoOn.run();
        }
    }

    synchronized void close() {
        closed = true;
        terminal.handle(Signal.TSTP, halting);
        terminal.handle(Signal.CONT, goingOn);
        terminal.setAttributes(before);
    }
}

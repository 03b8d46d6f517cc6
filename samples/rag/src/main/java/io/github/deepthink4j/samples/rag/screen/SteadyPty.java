package io.github.deepthink4j.samples.rag.screen;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.impl.exec.ExecPty;
import org.jline.terminal.impl.exec.ExecTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/**
 * The terminal of the program, asked and set by the tool {@code stty} as JLine does it. Ctrl-C reaches that tool too, and the thread that
 * waits for it: what was cut short is done once more, or a key that is held down would end the program and leave the terminal
 * without its echo.
 */
final class SteadyPty extends ExecPty {

    /** A tool takes some milliseconds, and a key that is held down comes thirty times a second. */
    private static final int TRIES = 50;

    /** What a call does, which may be done again. */
    @FunctionalInterface
    interface Call<T> {
        T run() throws IOException;
    }

    SteadyPty() {
        // The name is for terminals other than the program's own.
        super(new ExecTerminalProvider(), SystemStream.Output, "/dev/tty");
    }

    @Override
    public Attributes getAttr() throws IOException {
        return steadily(super::getAttr);
    }

    @Override
    protected void doSetAttr(Attributes wanted) throws IOException {
        steadily(() -> {
            super.doSetAttr(wanted);
            return wanted;
        });
    }

    @Override
    public Size getSize() throws IOException {
        return steadily(super::getSize);
    }

    /** An interrupt is told afterwards: who waits for the next key wants to know of it. */
    static <T> T steadily(Call<T> call) throws IOException {
        boolean interrupted = false;
        try {
            for (int tries = 1; ; tries++) {
                interrupted |= Thread.interrupted();
                try {
                    return call.run();
                } catch (InterruptedIOException e) {
                    interrupted = true;
                    failAtLast(tries, e);
                } catch (IOException e) {
                    failAtLast(tries, e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void failAtLast(int tries, IOException e) throws IOException {
        if (tries == TRIES) {
            throw e;
        }
    }
}

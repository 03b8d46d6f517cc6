package io.github.deepthink4j.leaks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Looks for keys in all that a test run prints and logs, and in the message of each exception that is made in it, whoever makes
 * it and whether or not anybody sees it: the flight recorder of the JVM tells of them. So causes are looked at as well.
 */
final class KeyLeaks {

    private static final List<String> EVENTS = List.of("jdk.JavaExceptionThrow", "jdk.JavaErrorThrow");

    private static final Pattern MACHINERY =
            Pattern.compile("at (java\\.|jdk\\.|sun\\.|org\\.junit\\.|org\\.apache\\.)");

    private final Set<String> found = new ConcurrentSkipListSet<>();
    private final Recording recording = new Recording();

    private KeyLeaks() {}

    static KeyLeaks watch() {
        // Debug lines of the library are looked at too; the stream does not show them.
        System.setProperty("org.slf4j.simpleLogger.log.io.github.deepthink4j", "debug");
        System.setProperty("org.slf4j.simpleLogger.log.dev.langchain4j", "debug");
        KeyLeaks leaks = new KeyLeaks();
        System.setOut(ScannedStream.over(System.out, line -> leaks.look("printed", line, "")));
        System.setErr(ScannedStream.over(System.err, line -> leaks.look("printed", line, "")));
        // Newer JVMs would leave some out where many are made at once.
        EVENTS.forEach(event -> leaks.recording.enable(event).withStackTrace().with("throttle", "off"));
        leaks.recording.start();
        return leaks;
    }

    private void look(String kind, String text, String where) {
        if (KeyPattern.isIn(text) && !where.contains(OnPurpose.class.getName())) {
            String shown = text.length() < 300 ? text : text.substring(0, 300) + "...";
            found.add(kind + ": " + shown + (where.isEmpty() ? "" : "\n" + where));
        }
    }

    /** Ends the watch. */
    Set<String> found() {
        Path file = null;
        try {
            file = Files.createTempFile("exceptions", ".jfr");
            recording.stop();
            recording.dump(file);
            try (RecordingFile events = new RecordingFile(file)) {
                while (events.hasMoreEvents()) {
                    look(events.readEvent());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            recording.close();
            if (file != null) {
                file.toFile().delete();
            }
        }
        return found;
    }

    private void look(RecordedEvent event) {
        if (EVENTS.contains(event.getEventType().getName()) && KeyPattern.isIn(message(event))) {
            look(event.getClass("thrownClass").getName(), message(event), stack(event));
        }
    }

    private static String message(RecordedEvent event) {
        String message = event.getString("message");
        return message == null ? "" : message;
    }

    private static String stack(RecordedEvent event) {
        return event.getStackTrace() == null
                ? ""
                : event.getStackTrace().getFrames().stream()
                        .map(KeyLeaks::frame)
                        .filter(frame -> !MACHINERY.matcher(frame).find())
                        .collect(Collectors.joining("\n"));
    }

    private static String frame(RecordedFrame frame) {
        return "    at " + frame.getMethod().getType().getName() + "."
                + frame.getMethod().getName() + ":" + frame.getLineNumber();
    }
}

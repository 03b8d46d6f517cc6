package io.github.deepthink4j.samples.agent.screen;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file that a person has named and that is not there yet: it is written whole, or not at all, and in a line is said why. */
final class NewFile {

    private static final Pattern QUOTED = Pattern.compile("(?s)([\"'])(.*)\\1|[“‘](.*)[”’]");
    private static final Pattern HOME = Pattern.compile("~(?=/|\\\\|$)");
    /** Of the usual file systems, in bytes. */
    private static final int LONGEST_NAME = 255;

    /** How a text gets into a file that is not there yet. */
    interface Writing {
        void write(Path part, String text) throws IOException;
    }

    private final String name;
    private final Writing writing;

    /** @param name as it was typed: perhaps between quotes, or below {@code ~} */
    NewFile(String name) {
        this(name, (part, text) -> Files.writeString(part, text, StandardOpenOption.CREATE_NEW));
    }

    NewFile(String name, Writing writing) {
        Matcher quoted = QUOTED.matcher(name.strip());
        String plain = quoted.matches() ? quoted.group(2) != null ? quoted.group(2) : quoted.group(3) : name.strip();
        this.name = HOME.matcher(plain).lookingAt() ? System.getProperty("user.home") + plain.substring(1) : plain;
        this.writing = writing;
    }

    /** Writes it; what to tell the person. */
    String write(String text) {
        if (!CleanText.of(name).equals(name) || name.contains("\n")) {
            return Words.of("It can't be saved: the name has a character that nobody sees.", "无法保存：文件名里有看不见的字符。");
        }
        try {
            Path file = Path.of(name);
            String unfit = unfit(file);
            if (!unfit.isEmpty()) {
                return unfit;
            }
            return write(file, text);
        } catch (InvalidPathException e) {
            return Words.of(
                    "It can't be saved: this system can't write the name " + name + ".",
                    "无法保存：这个系统无法写出文件名 " + name + "。");
        }
    }

    private String unfit(Path file) {
        Path folder = folder(file);
        if (Files.isDirectory(file) || name.endsWith("/")) {
            return Files.isDirectory(file)
                    ? Words.of(
                            file + " is a folder. Name a file in it, such as " + file.resolve("conversation.md") + ".",
                            file + " 是文件夹，请写出其中的文件名，例如 " + file.resolve("conversation.md") + "。")
                    : noFolder(file);
        }
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return isThere(file);
        }
        for (Path part : file) {
            if (part.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                return tooLong();
            }
        }
        if (!Files.exists(folder)) {
            return noFolder(folder);
        }
        return Files.isDirectory(folder) ? "" : Words.of(folder + " is a file and no folder.", folder + " 是文件，不是文件夹。");
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return file.getParent() == null && folder != null ? folder : file.getParent() == null ? file : file.getParent();
    }

    /** A disk may be full in the midst of it, and a file with half a conversation looks like one with a whole. */
    private String write(Path file, String text) {
        Path part = folder(file).resolve(".saving-" + UUID.randomUUID());
        try {
            try {
                writing.write(part, text);
                Files.move(part, file);
            } finally {
                Files.deleteIfExists(part);
            }
            return Words.of("Saved to " + file + ".", "已保存到 " + file + "。");
        } catch (FileAlreadyExistsException e) {
            return isThere(file);
        } catch (AccessDeniedException e) {
            return noRight(file);
        } catch (IOException e) {
            return because(file, e);
        }
    }

    private static String isThere(Path file) {
        return Words.of(file + " is there already. Give another name.", file + " 已经存在，请换一个文件名。");
    }

    private static String noFolder(Path folder) {
        return Words.of(
                "There is no folder " + folder + ". Make it first, or name another.",
                "没有文件夹 " + folder + "。请先建立它，或换一个。");
    }

    private static String noRight(Path file) {
        return Words.of(
                "You have no right to write to " + folder(file) + ". Name another folder.",
                "没有写入 " + folder(file) + " 的权限，请换一个文件夹。");
    }

    private static String tooLong() {
        return Words.of("The name is too long for a file. Give a shorter one.", "文件名太长，请换一个短一些的。");
    }

    /** The system's own words, which may be in its language. */
    private static String because(Path file, IOException error) {
        String reason = error instanceof FileSystemException known ? known.getReason() : error.getMessage();
        String said = reason == null ? "" : reason;
        if (said.contains("too long")) {
            return tooLong();
        }
        if (said.contains("No space left") || said.contains("quota")) {
            return Words.of(
                    "There is no space left in " + folder(file) + ". Nothing was saved; name another folder.",
                    folder(file) + " 所在的磁盘已满。没有保存任何内容，请换一个文件夹。");
        }
        if (said.contains("Read-only") || said.contains("not permitted")) {
            return noRight(file);
        }
        return Words.of("It can't be saved to ", "无法保存到 ")
                + file
                + (said.isBlank() ? Words.of(".", "。") : Words.of(": ", "：") + said + Words.of(".", "。"));
    }
}

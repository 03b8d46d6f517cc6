package io.github.deepthink4j.samples.rag.index;

import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What is wrong with a file, in words: the system's exceptions say it with their class, and with a path alone. */
public final class FileTrouble {

    private FileTrouble() {}

    /** Of a file that is named already. */
    public static String of(IOException e) {
        if (e instanceof NoSuchFileException) {
            return Words.of("it is not there any more", "文件已不存在");
        }
        if (e instanceof AccessDeniedException) {
            return Words.of("there is no permission", "没有权限");
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return Words.of("a file is in the place of a folder", "应为文件夹的位置上是一个文件");
        }
        if (e instanceof FileSystemException trouble && trouble.getReason() != null) {
            return trouble.getReason();
        }
        String message = firstLine(e.getMessage());
        return message.isEmpty() ? e.getClass().getSimpleName() : message;
    }

    /** With the name of the file, where there is one. */
    public static String named(IOException e) {
        return e instanceof FileSystemException trouble && trouble.getFile() != null
                ? trouble.getFile() + Words.of(": ", "：") + of(e)
                : of(e);
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}

package io.github.deepthink4j.samples.rag.model;

import io.github.deepthink4j.samples.rag.screen.CleanText;
import io.github.deepthink4j.samples.rag.screen.Words;

/** Why a call has failed, in a line that can stand within a sentence. */
public final class Failure {

    private Failure() {}

    public static String of(Throwable error) {
        return CleanText.inOneLine(Words.error(error))
                .replaceFirst("^(?:Error: |错误：)", "")
                .replaceFirst("[.。]$", "");
    }
}

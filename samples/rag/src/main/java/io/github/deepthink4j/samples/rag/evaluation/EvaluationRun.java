package io.github.deepthink4j.samples.rag.evaluation;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.model.Language;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of each question of an evaluation; kept in a file to compare a later one with.
 *
 * @param format   of the file
 * @param answered empty if no model was asked
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EvaluationRun(int format, List<Retrieved> retrieved, List<Answered> answered) {

    private static final int FORMAT = 1;

    public EvaluationRun {
        retrieved = retrieved == null ? List.of() : List.copyOf(retrieved);
        answered = answered == null ? List.of() : List.copyOf(answered);
    }

    public static EvaluationRun of(RetrievalFigures retrieval, List<Answered> answered) {
        return new EvaluationRun(FORMAT, retrieval.questions(), answered);
    }

    /**
     * A run that was saved.
     *
     * @throws UsageException if there is none in the file
     */
    public static EvaluationRun read(Path file) {
        try {
            EvaluationRun run = new ObjectMapper().readValue(file.toFile(), EvaluationRun.class);
            if (run == null || run.format() != FORMAT || run.retrieved().isEmpty()) {
                throw new UsageException(Words.of(
                        file + " holds no run of this program: make one with --save.",
                        file + " 里没有本程序保存的评测结果：用 --save 保存一个。"));
            }
            return run;
        } catch (IOException e) {
            throw new UsageException(
                    Words.of(
                            "No run can be read from " + file + ": make one with --save.",
                            "无法从 " + file + " 读取评测结果：用 --save 保存一个。"),
                    e);
        }
    }

    /**
     * Before anything is spent on a run that could not be saved.
     *
     * @throws UsageException if there is a file already, or nowhere to put one
     */
    public static void checkThatItCanBeSaved(Path file) {
        if (Files.exists(file)) {
            throw new UsageException(Words.of(
                    file + " exists already: choose another name for --save.", file + " 已经存在：请为 --save 换一个名称。"));
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new UsageException(Words.of("There is no folder " + folder + ".", "没有文件夹 " + folder + "。"));
        }
    }

    public void save(Path file) throws IOException {
        Files.write(
                file,
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(this),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE);
    }

    /** The questions by the language that they are put in. */
    public Map<Language, EvaluationRun> byLanguage() {
        Map<Language, EvaluationRun> runs = new LinkedHashMap<>();
        for (Language language : Language.values()) {
            EvaluationRun run = in(language);
            if (!run.retrieved().isEmpty() || !run.answered().isEmpty()) {
                runs.put(language, run);
            }
        }
        return runs;
    }

    private EvaluationRun in(Language language) {
        return new EvaluationRun(
                format,
                retrieved.stream().filter(one -> of(one.question()) == language).toList(),
                answered.stream().filter(one -> of(one.question()) == language).toList());
    }

    /** A Chinese question may be full of names. */
    private static Language of(String question) {
        return Language.of(question).contains(Language.CHINESE) ? Language.CHINESE : Language.ENGLISH;
    }
}

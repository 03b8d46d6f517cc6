package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.document.DocumentSplitting;
import io.github.deepthink4j.samples.rag.index.Folder;
import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.index.Ingest;
import io.github.deepthink4j.samples.rag.index.IngestReport;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import io.github.deepthink4j.samples.rag.screen.Screen;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description = "Brings the index up to date with a folder of " + DocumentSplitting.KINDS + " files.")
final class IngestCommand implements Callable<Integer> {

    static final int SOME_UNREAD = 1;

    /** As shells have it: 128 and the number of the signal. */
    private static final int ENDED_BY_CTRL_C = 130;

    @Mixin
    private IndexOptions index;

    @Parameters(paramLabel = "FOLDER", description = "the documents")
    private Path folder;

    @Option(names = "--rebuild", description = "begin the index anew")
    private boolean rebuild;

    @Option(
            names = "--parser",
            paramLabel = "NAME",
            defaultValue = "local",
            description = {
                "who reads PDF: local, or deepseek, whose OCR reads scanned pages, Word, PowerPoint and images too",
                "and is billed by the page; with --rebuild for what the index has already (default: ${DEFAULT-VALUE})"
            })
    private String parser;

    private final Screen screen;
    private final Map<String, String> environment;
    private volatile boolean stopped;

    IngestCommand(Screen screen, Map<String, String> environment) {
        this.screen = screen;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        OrderlyEnd end = new OrderlyEnd(this::stopOnce);
        try {
            return screen.interruptible(this::stop, this::listAndRun);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            end.close();
        }
    }

    private Integer listAndRun() {
        if (parser.equals("local")) {
            return listAndRun(new DocumentSplitting(LocalEmbeddings.tokenCounter()));
        }
        if (!parser.equals("deepseek")) {
            throw new UsageException(Words.of(
                    "There is no parser " + parser + ": it is local or deepseek.",
                    "没有解析器 " + parser + "：可选 local 或 deepseek。"));
        }
        try (PageReader reader = new PageReader(environment)) {
            screen.line(reader.readBy());
            return listAndRun(new DocumentSplitting(LocalEmbeddings.tokenCounter(), reader.pages()));
        }
    }

    private Integer listAndRun(DocumentSplitting splitting) {
        try {
            return listAndIngest(splitting);
        } catch (RuntimeException | LinkageError e) {
            if (stopped) {
                // What is being loaded while the JVM goes down fails in ways of its own.
                return sayStopped(0, 0);
            }
            throw e;
        }
    }

    private Integer listAndIngest(DocumentSplitting splitting) {
        try {
            Folder documents = Folder.list(folder, splitting::reads, () -> stopped);
            if (stopped) {
                return sayStopped(0, 0);
            }
            int files = documents.documents().size();
            screen.line(Words.of(
                    "Reading " + files + (files == 1 ? " file" : " files")
                            + "; Ctrl-C stops it, and what is done is kept.",
                    "正在读入 " + files + " 个文件；Ctrl-C 停止，已完成的部分会保留。"));
            try (Pulse pulse = Pulse.of(screen)) {
                pulse.at(0, files, LocalEmbeddings.model().name());
                return run(documents, splitting, pulse);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Integer run(Folder documents, DocumentSplitting splitting, Pulse pulse) throws IOException {
        Ingest ingest = new Ingest(splitting, LocalEmbeddings.model(), pulse, () -> stopped);
        if (stopped) {
            // While the model was being loaded.
            return sayStopped(0, 0);
        }
        try (Index writing =
                Index.open(index.directory, index.stores(environment), IndexOptions.PIPELINE, folderName(), rebuild)) {
            IngestReport report = ingest.run(documents, writing);
            pulse.close();
            if (stopped) {
                return sayStopped(report.added(), report.changed());
            }
            print(report, writing);
            return report.problems().isEmpty() ? 0 : SOME_UNREAD;
        }
    }

    private int sayStopped(int added, int changed) {
        screen.line(Words.of(
                "Stopped: " + added + " added, " + changed + " changed. The next run does the rest.",
                "已停止：新增 " + added + " 个，更新 " + changed + " 个。下一次运行时完成其余部分。"));
        return SOME_UNREAD;
    }

    /** Whether it was not asked to before. */
    private synchronized boolean stopOnce() {
        boolean first = !stopped;
        stopped = true;
        return first;
    }

    /** Whoever does not want to wait for the step that runs right now loses little: an index is whole at any moment. */
    private void stop() {
        if (!stopOnce()) {
            LocalEmbeddings.endLoading();
            System.exit(ENDED_BY_CTRL_C);
        }
        screen.line(Words.of("Stopping; Ctrl-C once more ends it at once.", "正在停止；再按一次 Ctrl-C 立即结束。"));
    }

    private void print(IngestReport report, Index index) {
        report.problems()
                .forEach((file, reason) -> screen.line(
                        Words.of("Left out: ", "未读入：") + file + Words.of(": ", "：") + reason + Words.of(".", "。")));
        index.notes().forEach(screen::line);
        int files = index.catalog().files().size();
        int passages = index.catalog().passageCount();
        int others = report.otherFiles();
        screen.line(Words.of(
                report.added() + " added, " + report.changed() + " changed, " + report.removed() + " removed, "
                        + report.unchanged() + " unchanged"
                        + (others == 0 ? "" : ", " + others + " of other kinds passed over") + ". The index holds "
                        + files + " files in " + passages + " passages.",
                "新增 " + report.added() + " 个，更新 " + report.changed() + " 个，删除 " + report.removed() + " 个，未变 "
                        + report.unchanged() + " 个" + (others == 0 ? "" : "，跳过其他类型 " + others + " 个") + "。索引里有 "
                        + files + " 个文件，" + passages + " 个段落。"));
        if (report.otherScript() > 0) {
            screen.line(Words.of(
                    "Of these " + report.otherScript()
                            + " are mostly in another script than the Latin and the Chinese one, and "
                            + LocalEmbeddings.readsEnglishAndChinese() + ".",
                    "其中 " + report.otherScript() + " 个文件大部分既不是拉丁字母也不是汉字，而" + LocalEmbeddings.readsEnglishAndChinese()
                            + "。"));
        }
    }

    /** As seen from the index, so that both can be moved together. */
    private String folderName() throws IOException {
        Path real = folder.toRealPath();
        Path from = index.directory.toAbsolutePath().normalize();
        return from.getRoot().equals(real.getRoot())
                ? from.relativize(real).toString().replace('\\', '/')
                : real.toString();
    }
}

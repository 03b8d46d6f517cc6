package io.github.deepthink4j.samples.rag.command;

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
        description = "Brings the index up to date with a folder of .md, .txt and .pdf files.")
final class IngestCommand implements Callable<Integer> {

    static final int SOME_UNREAD = 1;

    @Mixin
    private IndexOptions index;

    @Parameters(paramLabel = "FOLDER", description = "the documents")
    private Path folder;

    @Option(names = "--rebuild", description = "begin the index anew")
    private boolean rebuild;

    private final Screen screen;
    private final Map<String, String> environment;

    IngestCommand(Screen screen, Map<String, String> environment) {
        this.screen = screen;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        Folder documents = Folder.list(folder);
        screen.line(Words.of(
                "Reading " + documents.documents().size() + " files; Ctrl-C stops it, and what is done is kept.",
                "正在读入 " + documents.documents().size() + " 个文件；Ctrl-C 停止，已完成的部分会保留。"));
        var embeddingModel = LocalEmbeddings.model();
        DocumentSplitting splitting = new DocumentSplitting(LocalEmbeddings.tokenCounter());
        try (Index writing =
                Index.open(index.directory, index.stores(environment), IndexOptions.PIPELINE, folderName(), rebuild)) {
            Ingest ingest = new Ingest(splitting, embeddingModel, screen::progress);
            IngestReport report = screen.interruptible(ingest::stop, () -> run(ingest, documents, writing));
            if (ingest.isStopped()) {
                screen.progress(1, 1, "");
                screen.line(Words.of(
                        "Stopped: " + report.added() + " added, " + report.changed()
                                + " changed. The next run does the rest.",
                        "已停止：新增 " + report.added() + " 个，更新 " + report.changed() + " 个。下一次运行时完成其余部分。"));
                return SOME_UNREAD;
            }
            print(report, writing);
            return report.problems().isEmpty() ? 0 : SOME_UNREAD;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static IngestReport run(Ingest ingest, Folder documents, Index index) {
        try {
            return ingest.run(documents, index);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(IngestReport report, Index index) {
        report.problems().forEach((file, reason) -> screen.line("Left out: " + file + ": " + reason + "."));
        screen.line(report.added() + " added, " + report.changed() + " changed, " + report.removed() + " removed, "
                + report.unchanged() + " unchanged"
                + (report.otherFiles() == 0 ? "" : ", " + report.otherFiles() + " of other kinds passed over")
                + ". The index holds " + index.catalog().files().size() + " files in "
                + index.catalog().passageCount() + " passages.");
        if (report.otherScript() > 0) {
            screen.line("Of these " + report.otherScript() + " are mostly in another script than the Latin one, and "
                    + LocalEmbeddings.readsEnglish() + ".");
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

package io.github.deepthink4j.samples.rag.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are broken, or made to break a program. */
class HostileFilesTest {

    private static final byte[] DOCX = OfficeFiles.docx(OfficeFiles.paragraph("A text."));

    private final DocumentSplitting splitting = new DocumentSplitting(LocalEmbeddings.tokenCounter());

    @TempDir
    private Path folder;

    private void assertThatLeftOut(String file, byte[] content, String reason) {
        assertThatThrownBy(() -> splitting.passages(file, "v", content))
                .as(file)
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docx", "pptx", "xlsx", "epub", "pdf"})
    void should_name_what_is_no_such_file_and_what_is_cut_off(String kind) throws Exception {
        byte[] whole = switch (kind) {
            case "pptx" -> OfficeFiles.pptx(List.of(List.of("A", "B")), "C");
            case "xlsx" -> OfficeFiles.xlsx("S", List.of(List.of("A")));
            case "epub" -> OfficeFiles.epub("<p>A text.</p>");
            case "pdf" -> PdfPages.of(List.of("A page."));
            default -> DOCX;
        };

        assertThatLeftOut("a." + kind, new byte[0], "");
        assertThatLeftOut("a." + kind, "just text".getBytes(StandardCharsets.UTF_8), "it is no");
        assertThatLeftOut("a." + kind, Arrays.copyOf(whole, whole.length / 3), "that can be read, or is damaged");
        assertThat(splitting.passages("a." + kind, "v", whole)).isNotEmpty();
    }

    @Test
    void should_name_what_has_another_ending_than_it_should() throws Exception {
        assertThatLeftOut("a.docx", PdfPages.of(List.of("A page.")), "it is no Office file, whatever its name says");
        assertThatLeftOut("a.html", DOCX, "it is no HTML, whatever its name says");
        assertThatLeftOut("a.md", DOCX, "not UTF-8");
        assertThatLeftOut("a.csv", DOCX, "not UTF-8");
        assertThatLeftOut(
                "a.docx", OfficeFiles.zip(Map.of("readme.txt", new byte[10])), "no Office file that can be read");
        assertThatLeftOut("a.epub", OfficeFiles.zip(Map.of("readme.txt", new byte[10])), "no EPUB that can be read");
    }

    @Test
    void should_name_an_office_file_with_a_password() throws Exception {
        try (POIFSFileSystem files = new POIFSFileSystem();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword("secret");
            try (OutputStream encrypted = encryptor.getDataStream(files)) {
                encrypted.write(DOCX);
            }
            files.writeFilesystem(out);

            assertThatLeftOut("a.docx", out.toByteArray(), "protected by a password");
        }
        assertThatLeftOut(
                "old.xlsx",
                new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0},
                "save it as .docx, .pptx or .xlsx");
    }

    @Test
    void should_unpack_no_bomb() {
        byte[] zeros = new byte[16 << 20];
        Map<String, byte[]> parts = OfficeFiles.docxParts("<x/>");
        for (int i = 0; i < 17; i++) {
            parts.put("word/media/" + i + ".bmp", zeros);
        }
        byte[] bomb = OfficeFiles.zip(parts);

        assertThat(bomb.length).isLessThan(1 << 20);
        assertThatLeftOut("a.docx", bomb, "unpacks to more than 256 MiB");
        assertThatLeftOut("a.epub", bomb, "unpacks to more than 256 MiB");
    }

    @Test
    void should_not_look_into_archives_within() throws Exception {
        Map<String, byte[]> parts = OfficeFiles.docxParts(new String(part(DOCX), StandardCharsets.UTF_8));
        parts.put("word/embeddings/inner1.bin", OfficeFiles.docx(OfficeFiles.paragraph("From the inside.")));
        parts.put(
                "word/embeddings/inner2.bin",
                OfficeFiles.zip(Map.of("a.docx", OfficeFiles.zip(Map.of("b.docx", DOCX)))));

        String relations = new String(parts.get("word/_rels/document.xml.rels"), StandardCharsets.UTF_8);
        for (String inner : List.of("inner1", "inner2")) {
            relations = relations.replace(
                    "</Relationships>",
                    "<Relationship Id=\"" + inner
                            + "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/package\""
                            + " Target=\"embeddings/" + inner + ".bin\"/></Relationships>");
        }
        parts.put("word/_rels/document.xml.rels", relations.getBytes(StandardCharsets.UTF_8));

        assertThat(splitting.passages("a.docx", "v", OfficeFiles.zip(parts)))
                .extracting(passage -> passage.text())
                .containsExactly("A text.");
    }

    private static byte[] part(byte[] docx) throws Exception {
        return Zip.entries(docx, "word/document.xml"::equals, (done, all) -> true)
                .get("word/document.xml");
    }

    @Test
    void should_follow_no_entity_of_xml() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "TOP-SECRET");
        String lol = "<!ENTITY a0 \"ha\">";
        for (int i = 1; i < 30; i++) {
            lol += "<!ENTITY a" + i + " \"" + ("&a" + (i - 1) + ";").repeat(10) + "\">";
        }
        String body = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>"
                + "<w:p><w:r><w:t>Seen. %s</w:t></w:r></w:p></w:body></w:document>";
        for (String declared : List.of("<!ENTITY x SYSTEM \"" + secret.toUri() + "\">", lol)) {
            String entity = declared.equals(lol) ? "&a29;" : "&x;";
            byte[] docx =
                    OfficeFiles.zip(OfficeFiles.docxParts("<!DOCTYPE d [" + declared + "]>" + body.formatted(entity)));
            byte[] epub = OfficeFiles.epub("<!DOCTYPE d [" + declared + "]><p>Seen. " + entity + "</p>");

            assertThat(textOrReason("a.docx", docx))
                    .doesNotContain("TOP-SECRET")
                    .doesNotContain("hahaha");
            assertThat(textOrReason("a.epub", epub))
                    .doesNotContain("TOP-SECRET")
                    .doesNotContain("hahaha");
            assertThat(textOrReason(
                            "a.html", ("<!DOCTYPE d [" + declared + "]><p>" + entity).getBytes(StandardCharsets.UTF_8)))
                    .doesNotContain("TOP-SECRET");
        }
    }

    private String textOrReason(String file, byte[] content) {
        try {
            return splitting.passages(file, "v", content).toString();
        } catch (UnreadableDocumentException e) {
            return e.getMessage();
        }
    }

    @Test
    void should_read_what_is_nested_a_hundred_thousand_deep_or_say_that_it_cannot() {
        String deep = "<div>".repeat(100_000) + "The bottom." + "</div>".repeat(100_000);
        String tables = "<table><tr><td>".repeat(20_000) + "The bottom.";

        for (String page : List.of(deep, tables, "[".repeat(200_000), "<w:p>".repeat(200_000))) {
            assertThat(textOrReason("a.html", page.getBytes(StandardCharsets.UTF_8)))
                    .isNotEmpty();
        }
        byte[] docx = OfficeFiles.docx("<w:tbl><w:tr><w:tc>".repeat(100_000));
        assertThatLeftOut("a.docx", docx, "damaged");
    }

    @Test
    void should_name_a_file_at_which_its_parser_fails_in_any_way() {
        for (Throwable thrown :
                List.of(new StackOverflowError(), new NoClassDefFoundError("x"), new IllegalStateException())) {
            assertThatThrownBy(() -> guarded(thrown).read(new byte[1], (done, all) -> true))
                    .isInstanceOf(UnreadableDocumentException.class)
                    .hasMessage("it is no thing that can be read, or is damaged");
        }
        assertThatThrownBy(() -> guarded(new OutOfMemoryError()).read(new byte[1], (done, all) -> true))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessage("it needs more memory than there is");
        assertThatThrownBy(() -> guarded(new StoppedException()).read(new byte[1], (done, all) -> true))
                .isInstanceOf(StoppedException.class);
    }

    private static SectionReader guarded(Throwable thrown) {
        return new GuardedSections(
                (content, watch) -> {
                    throw GuardedThrow.<RuntimeException>sneaky(thrown);
                },
                "thing",
                Duration.ofSeconds(60));
    }

    private static final class GuardedThrow {

        @SuppressWarnings("unchecked")
        static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
            throw (T) thrown;
        }
    }

    @Test
    void should_wait_for_no_parser_longer_than_it_may_take_and_end_it_at_its_next_step() throws Exception {
        CountDownLatch given = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        AtomicBoolean wentOn = new AtomicBoolean(true);
        SectionReader endless = (content, watch) -> {
            while (true) {
                try {
                    given.await();
                } catch (InterruptedException e) {
                    // It does not listen.
                    wentOn.set(watch.goesOn(1, 2));
                    ended.countDown();
                    return List.of();
                }
            }
        };

        assertThatThrownBy(() -> new GuardedSections(endless, "thing", Duration.ofMillis(50))
                        .read(new byte[1], (done, all) -> true))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining("it takes longer than");

        ended.await();
        assertThat(wentOn).isFalse();
    }

    @Test
    void should_say_what_to_do_with_scanned_pages_and_a_protected_book() throws Exception {
        assertThatLeftOut("a.pdf", PdfPages.of(List.of("")), "--parser deepseek reads them");
        Map<String, byte[]> parts = Zip.entries(OfficeFiles.epub("<p>x</p>"), name -> true, (done, all) -> true);
        parts.put(
                "META-INF/encryption.xml",
                "<encryption><CipherReference URI=\"OEBPS/text/c 1.xhtml\"/></encryption>"
                        .getBytes(StandardCharsets.UTF_8));
        assertThatLeftOut("a.epub", OfficeFiles.zip(parts), "protected");
    }
}

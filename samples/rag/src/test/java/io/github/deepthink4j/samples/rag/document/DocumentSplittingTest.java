package io.github.deepthink4j.samples.rag.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.TokenCountEstimator;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.junit.jupiter.api.Test;

class DocumentSplittingTest {

    private static final TokenCountEstimator TOKENS = LocalEmbeddings.tokenCounter();

    private final DocumentSplitting splitting = new DocumentSplitting(TOKENS);

    private List<TextSegment> passages(String file, String text) throws UnreadableDocumentException {
        return splitting.passages(file, "v1", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> headings(List<TextSegment> passages) {
        return passages.stream()
                .map(passage -> passage.metadata().getString(Keys.HEADING))
                .toList();
    }

    @Test
    void should_take_markdown_apart_by_its_headings() throws Exception {
        List<TextSegment> passages = passages("a/b.md", """
                Before any heading.
                # Product
                ## Battery ##
                It lasts.
                ### Charging
                It charges.
                ## Screen
                ```
                # a comment, no heading
                ```
                #hashtag, no heading
                """);

        assertThat(headings(passages))
                .containsExactly("", "Product > Battery", "Product > Battery > Charging", "Product > Screen");
        assertThat(passages.get(3).text()).contains("# a comment").contains("#hashtag");
        assertThat(passages.get(2).metadata().toMap())
                .containsEntry(Keys.FILE, "a/b.md")
                .containsEntry(Keys.VERSION, "v1")
                .containsEntry(Keys.POSITION, 2);
    }

    @Test
    void should_split_a_long_section_and_lose_no_sentence() throws Exception {
        StringBuilder text = new StringBuilder("# Long\n");
        for (int i = 0; i < 200; i++) {
            text.append("Sentence number ").append(i).append(" says something of its own. ");
        }

        List<TextSegment> passages = passages("long.md", text.toString());

        assertThat(passages)
                .hasSizeGreaterThan(5)
                .allSatisfy(passage -> assertThat(TOKENS.estimateTokenCountInText(passage.text()))
                        .isLessThanOrEqualTo(DocumentSplitting.MAX_TOKENS));
        assertThat(passages)
                .extracting(passage -> passage.metadata().getInteger(Keys.POSITION))
                .isSorted()
                .doesNotHaveDuplicates();
        String all = String.join(" ", passages.stream().map(TextSegment::text).toList());
        for (int i = 0; i < 200; i++) {
            assertThat(all).containsOnlyOnce("Sentence number " + i + " says");
        }
    }

    @Test
    void should_take_the_first_line_of_a_text_for_its_heading() throws Exception {
        assertThat(headings(passages("notes.txt", "\nMy notes\n\nSomething."))).containsExactly("My notes");
    }

    @Test
    void should_read_a_pdf_page_by_page() throws Exception {
        byte[] pdf = PdfPages.of(List.of("The first page.", "", "The third page."));

        List<TextSegment> passages = splitting.passages("x.PDF", "v1", pdf);

        assertThat(headings(passages)).containsExactly("page 1", "page 3");
        assertThat(passages.get(1).text()).isEqualTo("The third page.");
    }

    @Test
    void should_remove_what_nobody_sees() throws Exception {
        List<TextSegment> passages =
                passages("x.txt", "Ti\u001b[31mtle\r\nde\u202Elif\u2066 \uDB40\uDC41\uDB40\uDC42end\u0000");

        assertThat(passages.get(0).text()).isEqualTo("Ti[31mtle\ndelif end");
    }

    @Test
    void should_say_why_a_file_cannot_be_used() throws Exception {
        byte[] pdf = PdfPages.of(List.of("A page."));

        assertThatThrownBy(() -> splitting.passages("x.pdf", "v", Arrays.copyOf(pdf, pdf.length / 3)))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining("damaged");
        assertThatThrownBy(() -> splitting.passages("x.pdf", "v", "no PDF at all".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining("no PDF that can be read");
        assertThatThrownBy(() -> splitting.passages("x.pdf", "v", PdfPages.of(List.of(""))))
                .hasMessageContaining("scanned pages");
        assertThatThrownBy(() -> splitting.passages("x.pdf", "v", locked())).hasMessageContaining("password");
        assertThatThrownBy(() -> splitting.passages("x.txt", "v", new byte[] {'a', (byte) 0xE4, 'b'}))
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> passages("x.md", "# Only a heading\n")).hasMessageContaining("empty");
        assertThatThrownBy(() -> passages("x.doc", "text")).hasMessageContaining("kind");
    }

    private static byte[] locked() throws IOException {
        try (PDDocument pdf = new PDDocument();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            pdf.addPage(new PDPage());
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            pdf.save(out);
            return out.toByteArray();
        }
    }

    private static String paragraphs(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("Paragraph number ").append(i).append(" says something of its own.\n\n");
        }
        return text.toString();
    }

    @Test
    void should_split_a_large_file_block_by_block_and_lose_no_paragraph() throws Exception {
        List<Long> told = new ArrayList<>();
        byte[] content = paragraphs(2_000).getBytes(StandardCharsets.UTF_8);

        List<TextSegment> passages = splitting
                .passages("large.txt", "v1", content, (done, all) -> {
                    told.add(done);
                    assertThat(all).isBetween(done, (long) content.length);
                    return true;
                })
                .orElseThrow();

        assertThat(told).isSorted().hasSizeGreaterThan(3).startsWith(0L);
        assertThat(told.get(1)).isLessThanOrEqualTo(DocumentSplitting.BLOCK);
        String read = passages.stream().map(TextSegment::text).collect(Collectors.joining("\n\n"));
        assertThat(read.split("\\s+")).containsExactly(paragraphs(2_000).split("\\s+"));
    }

    @Test
    void should_stop_in_the_midst_of_a_large_file() throws Exception {
        byte[] content = paragraphs(2_000).getBytes(StandardCharsets.UTF_8);
        int[] told = {0};

        Optional<List<TextSegment>> passages =
                splitting.passages("large.txt", "v1", content, (done, all) -> ++told[0] < 3);

        assertThat(passages).isEmpty();
        assertThat(told[0]).isEqualTo(3);
    }

    @Test
    void should_stop_while_a_file_of_any_kind_is_being_read() throws Exception {
        byte[] text = paragraphs(20_000).getBytes(StandardCharsets.UTF_8);
        byte[] markdown = "# A heading\nIts text.\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        byte[] pdf = PdfPages.of(List.of("The first page.", "The second page.", "The third page."));

        for (Map.Entry<String, byte[]> file :
                Map.of("a.txt", text, "a.md", markdown, "a.pdf", pdf).entrySet()) {
            List<Long> told = new ArrayList<>();

            Optional<List<TextSegment>> passages =
                    splitting.passages(file.getKey(), "v1", file.getValue(), (done, all) -> {
                        told.add(done);
                        return told.size() < 3;
                    });

            assertThat(passages).as(file.getKey()).isEmpty();
            assertThat(told).as(file.getKey()).hasSize(3).isSorted().startsWith(0L);
        }
    }

    @Test
    void should_read_a_text_whose_characters_lie_across_the_pieces_that_it_is_decoded_in() throws Exception {
        String text = "x" + "\uD83D\uDE00\r\n\u4E2D".repeat(200_000);

        List<TextSegment> passages = passages("a.txt", text);

        String read = passages.stream().map(TextSegment::text).collect(Collectors.joining());
        assertThat(read.replace("\n", "")).isEqualTo(text.replace("\r\n", ""));
    }

    @Test
    void should_cut_a_text_into_blocks_that_are_the_text_together() {
        String lines = "一行文字，没有空格。\n".repeat(5_000);
        String word = "\ud83d\ude00".repeat(5_000);

        for (String text : List.of(lines, word, paragraphs(100), "short")) {
            List<String> blocks = TextBlocks.of(text, 1_001);

            assertThat(String.join("", blocks)).isEqualTo(text);
            assertThat(blocks).allMatch(block -> block.length() <= 1_001);
            assertThat(blocks).hasSizeLessThanOrEqualTo(2 + text.length() / 500);
        }
        assertThat(TextBlocks.of(lines, 1_001)).allMatch(block -> block.endsWith("\n"));
    }
}

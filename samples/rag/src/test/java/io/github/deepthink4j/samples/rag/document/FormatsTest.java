package io.github.deepthink4j.samples.rag.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What becomes of files of other formats than Markdown, text and PDF. */
class FormatsTest {

    private final DocumentSplitting splitting = new DocumentSplitting(LocalEmbeddings.tokenCounter());

    private List<String> passages(String file, byte[] content) throws UnreadableDocumentException {
        return splitting.passages(file, "v1", content).stream()
                .map(passage -> "[" + passage.metadata().getString(Keys.HEADING) + "] " + passage.text())
                .toList();
    }

    private List<String> passages(String file, String content) throws UnreadableDocumentException {
        return passages(file, content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void should_read_word_by_its_headings_and_keep_its_tables() throws Exception {
        byte[] docx = OfficeFiles.docx(
                OfficeFiles.paragraph("Before any heading."),
                OfficeFiles.heading(1, "电池 & more"),
                OfficeFiles.paragraph("It lasts."),
                OfficeFiles.heading(2, "Charging"),
                OfficeFiles.paragraph("As the table says:"),
                OfficeFiles.table(List.of(List.of("Mode", "Hours"), List.of("fast", "2 | 3"), List.of("slow", ""))),
                OfficeFiles.paragraph("So it is."));

        assertThat(passages("a.docx", docx))
                .containsExactly(
                        "[] Before any heading.",
                        "[电池 & more] It lasts.",
                        "[电池 & more > Charging] As the table says:\n\n| Mode | Hours |\n|---|---|\n| fast | 2 \\| 3 |\n"
                                + "| slow |  |\n\nSo it is.");
    }

    @Test
    void should_read_a_presentation_by_its_slides() throws Exception {
        byte[] pptx =
                OfficeFiles.pptx(List.of(List.of("Weights", "All in grams."), List.of("The end", "Thank you.")), "12");

        assertThat(passages("a.pptx", pptx))
                .containsExactly(
                        "[slide 1 > Weights] Weights\n\nAll in grams.\n\n| Part | Weight |\n|---|---|\n| Lid | 12 |",
                        "[slide 2 > The end] The end\n\nThank you.");
    }

    @Test
    void should_read_a_spreadsheet_by_its_sheets_and_repeat_the_header_of_a_long_one() throws Exception {
        List<List<String>> rows = new ArrayList<>(List.of(List.of("Article", "Price")));
        for (int i = 0; i < 3_000; i++) {
            rows.add(List.of("pump number " + i, i + ".50"));
        }

        List<String> passages = passages("a.xlsx", OfficeFiles.xlsx("Prices", rows));

        assertThat(passages)
                .hasSizeGreaterThan(10)
                .allMatch(
                        passage -> passage.startsWith("[sheet Prices] | Article | Price |\n|---|---|\n| pump number "));
        assertThat(passages.stream().flatMap(String::lines).filter(line -> line.startsWith("| pump")))
                .hasSize(3_000)
                .startsWith("| pump number 0 | 0.50 |")
                .endsWith("| pump number 2999 | 2999.50 |");
    }

    @Test
    void should_read_csv_with_any_delimiter() throws Exception {
        assertThat(passages("a.csv", "Name;Sagt\nAnna;\"Ja;\n\"\"nein\"\"\"\n\nBo;3,5\n"))
                .containsExactly("[] | Name | Sagt |\n|---|---|\n| Anna | Ja; \"nein\" |\n| Bo | 3,5 |");
        assertThat(passages("a.TSV", "A\tB, or C\n1\t2\n")).containsExactly("[] | A | B, or C |\n|---|---|\n| 1 | 2 |");
        assertThat(passages("a.csv", "one column\nof text\n")).containsExactly("[] | one column |\n|---|\n| of text |");
    }

    @Test
    void should_read_a_web_page_by_its_headings_and_without_what_nobody_reads() throws Exception {
        String page = """
                <html><head><title>The pump</title><style>p { color: red }</style></head><body>
                <p>Above   all<br>it pumps.<script>alert("no")</script></p>
                <table><tr><td><h2>In a layout</h2><p>Some text</p></td></tr></table>
                <h3>Prices</h3><ul><li>cheap</li><li>dear</li></ul>
                <table><caption>In euros</caption><thead><tr><th>Part</th><th>Price</th></tr></thead>
                <tr><td>lid</td><td>3</td></tr></table>
                <pre><code># no heading
                  x = 1</code></pre></body></html>""";

        assertThat(passages("a.html", page))
                .containsExactly(
                        "[The pump] Above all\nit pumps.",
                        "[The pump > In a layout] Some text",
                        "[The pump > In a layout > Prices] cheap\n\ndear\n\nIn euros\n\n| Part | Price |\n|---|---|\n| lid | 3 |\n\n"
                                + "```\n# no heading\n  x = 1\n```");
    }

    @Test
    void should_believe_a_page_that_names_its_encoding() throws Exception {
        String page = "<meta charset=\"gb2312\"><p>水泵</p>";

        assertThat(passages("a.htm", page.getBytes("GBK"))).containsExactly("[] 水泵");
        assertThat(passages("a.htm", page)).as("which is wrong here").isNotEmpty();
    }

    @Test
    void should_read_a_book_in_the_order_of_its_chapters() throws Exception {
        byte[] epub = OfficeFiles.epub(
                "<h1>First</h1><p>One.</p>", "<p>Two&nbsp;&amp; more.</p>", "<h2>Third</h2><p>Three.</p>");

        assertThat(passages("a.epub", epub))
                .containsExactly("[First] One.", "[chapter 2] Two & more.", "[Third] Three.");
    }

    @Test
    void should_take_the_title_of_the_front_matter_and_read_nothing_else_of_it() throws Exception {
        assertThat(passages("a.md", "---\ntitle: \"The pump\"\ntags: [secret]\n---\nIt pumps.\n## Parts\nA lid.\n"))
                .containsExactly("[The pump] It pumps.", "[The pump > Parts] A lid.");
        assertThat(passages("a.md", "+++\ndate = 2026-01-01\ntitle = 'The pump'\n+++\n# Heading\nIt pumps."))
                .containsExactly("[Heading] It pumps.");
        assertThat(passages("a.md", "---\nA line between rules, no front matter.\n---\nText."))
                .containsExactly("[] ---\nA line between rules, no front matter.\n---\nText.");
    }

    @Test
    void should_cut_no_code_in_its_midst_nor_find_headings_in_it() throws Exception {
        String code = "```sh\n# a comment\n\n" + "make target --with-options\n\n".repeat(14)
                + "``` no end\n# still code\n```\n";
        String text = "## Build\n" + "A sentence before the code. ".repeat(20) + "\n" + code + "After it. ".repeat(30);

        List<String> passages = passages("a.md", text);

        assertThat(passages).hasSize(3).allMatch(passage -> passage.startsWith("[Build] "));
        assertThat(passages.get(1)).isEqualTo("[Build] " + code.strip());
    }

    @Test
    void should_repeat_the_header_of_a_table_in_markdown_that_is_cut() throws Exception {
        String table = "| Code | Meaning |\n|:--|--:|\n" + "| E-1234 | The pump is dry and stands still |\n".repeat(60);

        List<String> passages = passages("a.md", "# Codes\nThese there are:\n" + table + "\nNo more.\n");

        assertThat(passages.get(0)).isEqualTo("[Codes] These there are:");
        assertThat(passages.subList(1, passages.size() - 1))
                .hasSizeGreaterThan(3)
                .allMatch(passage -> passage.startsWith("[Codes] | Code | Meaning |\n|:--|--:|\n| E-1234 |"));
        assertThat(passages.stream().collect(Collectors.joining("\n")).split("\\| E-1234", -1))
                .hasSize(61);
        assertThat(passages.get(passages.size() - 1)).endsWith("No more.");
    }

    @Test
    void should_split_a_row_that_is_too_long_and_lose_none() throws Exception {
        String row = "| x | " + "Many words of one row. ".repeat(60) + "|\n";

        List<TextSegment> passages = splitting.passages(
                "a.md",
                "v",
                ("| A | B |\n|---|---|\n| 1 | 2 |\n" + row + "| 3 | 4 |\n").getBytes(StandardCharsets.UTF_8));

        assertThat(passages)
                .allSatisfy(
                        passage -> assertThat(LocalEmbeddings.tokenCounter().estimateTokenCountInText(passage.text()))
                                .isLessThanOrEqualTo(DocumentSplitting.MAX_TOKENS));
        String all = passages.stream().map(TextSegment::text).collect(Collectors.joining(" "));
        assertThat(all.split("Many words", -1)).hasSize(61);
        assertThat(all).contains("| 1 | 2 |").contains("| 3 | 4 |");
    }
}

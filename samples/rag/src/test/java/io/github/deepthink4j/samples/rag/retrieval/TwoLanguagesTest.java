package io.github.deepthink4j.samples.rag.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.rag.query.Query;
import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.index.Index;
import io.github.deepthink4j.samples.rag.index.Passages;
import io.github.deepthink4j.samples.rag.index.Stores;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder with documents in both languages. */
class TwoLanguagesTest {

    private static final Map<String, String> DOCUMENTS = Map.of(
            "battery.en.md",
                    "# Battery\nThe kettle keeps water warm for six hours on one charge. Charging takes two hours.",
            "warranty.en.md", "# Warranty\nWe repair or replace a broken device within two years of its purchase.",
            "errors.en.md", "# Error codes\n| E-4711 | the lid is open |\n| E-4712 | the tank is empty |",
            "cleaning.en.md", "# Cleaning\nDescale it every month with citric acid. Never put it into a dishwasher.",
            "battery.zh.md", "# 电池\n水壶充一次电可以保温六个小时，充满电需要两个小时。",
            "warranty.zh.md", "# 保修\n自购买之日起两年内，产品如有损坏，我们负责免费维修或更换。",
            "errors.zh.md", "# 故障代码\n| E-4713 | 盖子没有盖好 |\n| E-4714 | 水箱里没有水 |",
            "cleaning.zh.md", "# 清洁\n请每月用柠檬酸除垢一次。不要放进洗碗机。",
            "contact.md", "# Contact 联系我们\nOur service answers on weekdays from nine to five. 客服工作时间：周一至周五，九点到十七点。");

    @TempDir
    private static Path folder;

    private static Passages passages;

    @BeforeAll
    static void ingest() throws IOException {
        Path documents = Files.createDirectories(folder.resolve("documents"));
        for (Map.Entry<String, String> document : DOCUMENTS.entrySet()) {
            Files.writeString(documents.resolve(document.getKey()), document.getValue());
        }
        Path index = folder.resolve("index");
        SampleCorpus.Run run =
                SampleCorpus.run(Map.of(), "", "ingest", "--index", index.toString(), documents.toString());
        assertThat(run.output()).contains("9 added").doesNotContain("another script");
        passages = Index.passages(
                index, new Stores("", LocalEmbeddings.model().dimension(), Map.of()), SampleCorpus.PIPELINE);
    }

    @AfterAll
    static void close() throws IOException {
        passages.close();
    }

    private static List<String> found(String question) {
        return new NeighbourRetriever(passages, LocalEmbeddings.model(), new RetrievalSettings(6, null, 3_000))
                .retrieve(Query.from(question)).stream()
                        .map(content -> content.textSegment().metadata().getString(Keys.FILE))
                        .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            How long does it stay warm?                 | battery.en.md
            For how long is a defect mended for free?   | warranty.en.md
            Can I wash it in the dishwasher?            | cleaning.en.md
            What does E-4712 mean?                      | errors.en.md
            What does E-4714 mean?                      | errors.zh.md
            When can I call the service?                | contact.md
            充一次电能保温多久？                            | battery.zh.md
            坏了可以免费修吗？                             | warranty.zh.md
            能放洗碗机里洗吗？                             | cleaning.zh.md
            E-4713 是什么意思？                            | errors.zh.md
            E-4711 是什么意思？                            | errors.en.md
            客服几点上班？                                 | contact.md
            """)
    void should_find_what_a_question_is_about_in_its_language_and_a_code_in_any(String question, String file) {
        assertThat(found(question)).startsWith(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Who composed the Brandenburg concertos?", "勃兰登堡协奏曲是谁写的？", "What does E-9999 mean?"})
    void should_find_nothing_where_no_document_is_about_it(String question) {
        assertThat(found(question))
                .doesNotContain("battery.en.md", "battery.zh.md", "warranty.en.md", "warranty.zh.md");
    }

    @Test
    void should_find_a_passage_once_although_it_is_near_in_both_languages() {
        assertThat(found("客服 service 工作时间 on weekdays?"))
                .startsWith("contact.md")
                .doesNotHaveDuplicates();
    }
}

package io.github.deepthink4j.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.docs.JavaBlocks;
import io.github.deepthink4j.docs.JavaBlocks.Compiled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page about cost: its Java compiles, its file can be read, and its table is the list. */
class CostDocumentationTest {

    private static final Path PAGE = Path.of("../../docs/cost.md");
    private static final Pattern PRICES =
            Pattern.compile("\\| (\\S+) / (\\S+) / (\\S+) \\| (\\S+) / (\\S+) / (\\S+) \\|");

    @TempDir
    private Path folder;

    static List<Compiled> blocks() throws IOException {
        return JavaBlocks.compiled(List.of(PAGE));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void should_compile(Compiled block) {
        assertThat(block.errors()).as(block.source()).isEmpty();
    }

    @Test
    void should_show_a_file_that_can_be_read() throws IOException {
        Matcher json = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(PAGE));
        assertThat(json.find()).isTrue();
        Path file = Files.writeString(folder.resolve("prices.json"), json.group(1));

        assertThat(PriceList.read(file).rows())
                .hasSize(PriceList.deepSeek().rows().size() + 1);
    }

    @Test
    void should_have_each_price_of_the_list_in_its_table() throws IOException {
        List<List<TokenPrices>> shown = PRICES.matcher(Files.readString(PAGE))
                .results()
                .map(row -> List.of(
                        TokenPrices.of(row.group(1), row.group(2), row.group(3)),
                        TokenPrices.of(row.group(4), row.group(5), row.group(6))))
                .toList();

        for (PriceRow row : PriceList.deepSeek().rows()) {
            assertThat(shown)
                    .as(row.id())
                    .contains(List.of(
                            withoutAssumption(
                                    row.prices(PriceList.USD, row.schedule().otherwise())),
                            withoutAssumption(
                                    row.prices(PriceList.CNY, row.schedule().otherwise()))));
        }
    }

    private static TokenPrices withoutAssumption(TokenPrices prices) {
        return TokenPrices.of(prices.cacheHit(), prices.cacheMiss(), prices.output());
    }
}

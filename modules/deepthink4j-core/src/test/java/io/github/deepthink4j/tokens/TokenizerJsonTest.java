package io.github.deepthink4j.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.data.message.UserMessage;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a small tokenizer in the format of DeepSeek's: byte-level BPE after splitting by patterns. */
class TokenizerJsonTest {

    private static final List<String> MERGES = List.of("t h", "th e", "Ġ the", "c a", "ca t", "Ġ cat", "ä ½", "ä½ ł");

    @TempDir
    private Path folder;

    private Path file;

    /** Also on machines with CUDA, and in the cloud, the test asks nobody for anything. */
    @BeforeAll
    static void stayOffline() {
        System.setProperty("RUST_FLAVOR", "cpu");
        System.setProperty("OPT_OUT_TRACKING", "true");
    }

    @BeforeEach
    void writeTokenizer() throws IOException {
        file = folder.resolve("tokenizer.json");
        Files.writeString(file, tokenizerJson());
    }

    private static String tokenizerJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("version", "1.0");
        // A file may ask for both; neither belongs into a count.
        json.putObject("truncation")
                .put("direction", "Right")
                .put("max_length", 4)
                .put("strategy", "LongestFirst")
                .put("stride", 0);
        json.putNull("padding");
        json.putArray("added_tokens");
        json.putNull("normalizer");
        ObjectNode split = json.putObject("pre_tokenizer");
        split.put("type", "Sequence");
        var steps = split.putArray("pretokenizers");
        ObjectNode digits = steps.addObject().put("type", "Split");
        digits.putObject("pattern").put("Regex", "\\p{N}{1,3}");
        digits.put("behavior", "Isolated").put("invert", false);
        ObjectNode words = steps.addObject().put("type", "Split");
        words.putObject("pattern").put("Regex", " ?\\p{L}+|\\s+|[^\\s\\p{L}\\p{N}]+");
        words.put("behavior", "Isolated").put("invert", false);
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
        json.putNull("post_processor");
        json.putObject("decoder")
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", true);
        ObjectNode model = json.putObject("model");
        model.put("type", "BPE").putNull("dropout").putNull("unk_token");
        model.put("fuse_unk", false).put("byte_fallback", false);
        ObjectNode vocabulary = model.putObject("vocab");
        byteAlphabet().forEach(piece -> vocabulary.put(piece, vocabulary.size()));
        MERGES.forEach(merge -> vocabulary.put(merge.replace(" ", ""), vocabulary.size()));
        var merges = model.putArray("merges");
        MERGES.forEach(merges::add);
        return json.toString();
    }

    /** A printable character for each byte, as GPT-2 has it: itself if it is printable, else one from 256 on. */
    private static List<String> byteAlphabet() {
        int[] shifted = {256};
        return IntStream.range(0, 256)
                .map(b -> (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE ? b : shifted[0]++)
                .mapToObj(Character::toString)
                .toList();
    }

    @Test
    void should_count_what_the_merges_make() {
        try (TokenizerJson tokenizer = TokenizerJson.load(file)) {
            assertThat(tokenizer.count("")).isZero();
            assertThat(tokenizer.count("the")).isEqualTo(1);
            assertThat(tokenizer.count("the cat")).isEqualTo(2);
            // " dog" has no merges: a token for each byte
            assertThat(tokenizer.count("the dog")).isEqualTo(5);
            // 3 bytes each, of which the merges make one token and three
            assertThat(tokenizer.count("你")).isEqualTo(1);
            assertThat(tokenizer.count("好")).isEqualTo(3);
            assertThat(tokenizer.count("2026")).isEqualTo(4);
            assertThat(tokenizer.count("the cat the cat the cat the cat")).isEqualTo(8);
        }
    }

    @Test
    void should_be_used_by_the_estimator() {
        try (TokenizerJson tokenizer = TokenizerJson.load(file)) {
            DeepSeekTokenCountEstimator estimator =
                    DeepSeekTokenCountEstimator.builder().counter(tokenizer).build();

            assertThat(estimator.estimateTokenCountInText("the cat")).isEqualTo(2);
            assertThat(estimator.estimateTokenCountInMessage(UserMessage.from("the cat")))
                    .isEqualTo(2 + MessageOverhead.USER);
        }
    }

    @Test
    void should_say_which_file_is_no_tokenizer() throws IOException {
        Files.writeString(file, "{\"model\": 1}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenizerJson.load(file))
                .withMessageContaining(file.toString());
    }

    @Test
    void should_say_which_file_is_missing() {
        Path missing = folder.resolve("missing.json");

        assertThatThrownBy(() -> TokenizerJson.load(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void should_say_which_dependency_is_missing() throws Exception {
        // given a class path without the tokenizers library
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("djl"))
                .map(TokenizerJsonTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Method load = loader.loadClass(TokenizerJson.class.getName()).getMethod("load", Path.class);

            assertThatIllegalStateException()
                    .isThrownBy(() -> {
                        try {
                            load.invoke(null, file);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    })
                    .withMessageContaining("ai.djl.huggingface:tokenizers");
            // and everything else works without it
            assertThat(loader.loadClass(DeepSeekTokenCountEstimator.class.getName())
                            .getMethod("builder")
                            .invoke(null))
                    .isNotNull();
        }
    }

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

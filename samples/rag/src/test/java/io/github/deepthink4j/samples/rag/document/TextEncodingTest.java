package io.github.deepthink4j.samples.rag.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextEncodingTest {

    private static final String SIMPLIFIED = "# 电池\n\n这块电池可以用十四个小时，也就是说不用每天充电。如果指示灯在闪，请您不要关机（等一会儿）。English: 3.5 kg.\n";
    private static final String TRADITIONAL = "# 電池\n\n這塊電池可以用十四個小時，也就是說不用每天充電。如果指示燈在閃，請您不要關機（等一會兒）。English: 3.5 kg.\n";
    private static final String ENGLISH = "The battery lasts for 14 hours.\r\nNot for 15.";

    private static String decoded(byte[] content) throws Exception {
        return TextEncoding.decode(content, "", (done, all) -> true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "GBK", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE"})
    void should_read_simplified_chinese(String charset) throws Exception {
        byte[] mark = charset.equals("UTF-32LE") ? "\uFEFF".getBytes("UTF-32LE") : new byte[0];
        byte[] text = SIMPLIFIED.getBytes(charset);

        assertThat(decoded(joined(mark, text))).isEqualTo(SIMPLIFIED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "Big5", "UTF-16LE", "UTF-16BE"})
    void should_read_traditional_chinese(String charset) throws Exception {
        assertThat(decoded(TRADITIONAL.getBytes(charset))).isEqualTo(TRADITIONAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "US-ASCII", "UTF-16LE", "UTF-16BE", "UTF-16"})
    void should_read_english(String charset) throws Exception {
        assertThat(decoded(ENGLISH.getBytes(charset))).isEqualTo(ENGLISH.replace("\r", ""));
    }

    @Test
    void should_not_read_the_mark_at_the_beginning_as_text() throws Exception {
        for (Charset charset :
                new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE}) {
            assertThat(decoded(("\uFEFF" + SIMPLIFIED).getBytes(charset))).isEqualTo(SIMPLIFIED);
        }
    }

    @Test
    void should_read_rare_characters_of_gb18030() throws Exception {
        String text = SIMPLIFIED + "𠮷 € ㎡";

        assertThat(decoded(text.getBytes("GB18030"))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "windows-1252|Überraschend große Öfen für Café, naïve Größe à la carte.",
                "ISO-8859-1|déjà vu",
                "windows-1251|Батарея работает четырнадцать часов, а не пятнадцать.",
                "KOI8-R|Батарея работает четырнадцать часов, а не пятнадцать.",
                "EUC-KR|배터리는 열네 시간 동안 사용할 수 있습니다. 표시등이 깜박이면 전원을 끄지 마십시오.",
                "EUC-JP|電池は十四時間使えます。ランプが点滅しているときは電源を切らないでください。",
                "Shift_JIS|電池は十四時間使えます。ランプが点滅しているときは電源を切らないでください。",
                "GBK|机",
                "GBK|螺栓垫圈轴承齿轮"
            })
    void should_rather_read_nothing_than_rubbish(String encoded) throws Exception {
        String[] parts = encoded.split("\\|");

        assertThatThrownBy(() -> decoded(parts[1].getBytes(parts[0])))
                .isInstanceOf(UnreadableDocumentException.class)
                .hasMessageContaining("convert it to UTF-8");
    }

    @Test
    void should_take_no_bytes_for_text() {
        byte[] bytes = new byte[4096];
        new java.util.Random(1).nextBytes(bytes);
        for (int length : new int[] {2, 3, 64, 4095, 4096}) {
            byte[] some = java.util.Arrays.copyOfRange(bytes, 0, length);
            some[0] = (byte) 0xC0;
            assertThatThrownBy(() -> decoded(some)).isInstanceOf(UnreadableDocumentException.class);
        }
    }

    @Test
    void should_say_of_a_text_that_is_marked_and_broken_that_it_is_damaged() {
        assertThatThrownBy(() ->
                        decoded(joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, new byte[] {(byte) 0xE4})))
                .hasMessageContaining("damaged");
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}

package io.github.deepthink4j.samples.rag.document;

import io.github.deepthink4j.samples.rag.screen.CleanText;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a file whose encoding nobody has named. Each guess must be right to the last byte, and be what people write; where that
 * leaves a doubt the file is not read, since rubbish in the index is found by nobody and missed by nobody.
 */
final class TextEncoding {

    /** Characters that are decoded at once. */
    private static final int PIECE = 1 << 18;

    /** So many bytes show what an encoding is. */
    private static final int SAMPLE = 1 << 16;

    private static final int LEAST_CHINESE = 4;
    private static final double MOST = 0.9;
    private static final double ONE_IN_TWELVE = 1.0 / 12;

    /** Of any Chinese text in running words these are a good part, of what is decoded wrongly and of Korean hardly any. */
    private static final String FREQUENT = "的一是不了在有人我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
            + "小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现分将外但身些与高意进把法"
            + "此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信"
            + "北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反"
            + "合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术"
            + "結們個這國說為時來對會後裡過學麼還發當開無頭經動長現樣將進實點聲話兒問機給業間電門東體處總場師書員華報張難數車應親務記邊風戰許覺題統請愛讓認論義術關並內產氣聽真與從";

    private TextEncoding() {}

    /**
     * @param named by the file itself; else empty
     */
    static String decode(byte[] content, String named, Watch watch)
            throws UnreadableDocumentException, StoppedException {
        Optional<Charset> marked = marked(content);
        if (marked.isPresent()) {
            return whole(content, marked.get(), watch)
                    .orElseThrow(() -> new UnreadableDocumentException(Words.of(
                            "it is damaged: its " + marked.get() + " is not whole", "已损坏：" + marked.get() + " 编码不完整")));
        }
        List<Charset> candidates = new ArrayList<>();
        charset(named).ifPresent(candidates::add);
        if (!looksLikeUtf16(content)) {
            candidates.add(StandardCharsets.UTF_8);
        }
        guess(content).ifPresent(candidates::add);
        for (Charset candidate : candidates) {
            Optional<String> text = whole(content, candidate, watch);
            if (text.isPresent()) {
                return text.get();
            }
        }
        throw new UnreadableDocumentException(Words.of(
                "it is not UTF-8 text, and not surely any other; convert it to UTF-8",
                "不是 UTF-8 文本，也不能确定是哪种编码；请转换为 UTF-8"));
    }

    private static Optional<Charset> marked(byte[] content) {
        if (begins(content, 0xEF, 0xBB, 0xBF)) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        if (begins(content, 0xFF, 0xFE, 0, 0)) {
            return Optional.of(Charset.forName("UTF-32LE"));
        }
        if (begins(content, 0, 0, 0xFE, 0xFF)) {
            return Optional.of(Charset.forName("UTF-32BE"));
        }
        if (begins(content, 0xFF, 0xFE)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return begins(content, 0xFE, 0xFF) ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    private static boolean begins(byte[] content, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (i >= content.length || content[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** UTF-16 of English is UTF-8 as well, with a zero at each second place. */
    private static boolean looksLikeUtf16(byte[] content) {
        for (byte one : content) {
            if (one == 0) {
                return content.length % 2 == 0 && utf16(content).isPresent();
            }
        }
        return false;
    }

    private static Optional<Charset> charset(String name) {
        try {
            // What a page calls so is in truth the larger one.
            String meant = name.matches("(?i)gb2312|gbk|x-gbk") ? "GB18030" : name;
            // It could not be read off if it were one of these.
            return meant.isEmpty() || meant.matches("(?i)utf-?(16|32).*")
                    ? Optional.empty()
                    : Optional.of(Charset.forName(meant));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static Optional<Charset> guess(byte[] content) {
        Optional<Charset> wide = utf16(content);
        if (wide.isPresent()) {
            return wide;
        }
        Pairs pairs = Pairs.of(content);
        boolean simplified = pairs.frequentInGb() >= MOST && pairs.frequentInBig5() < MOST;
        boolean traditional = pairs.frequentInBig5() >= MOST && pairs.frequentInGb() < MOST;
        Optional<Charset> charset = simplified ? charset("GB18030") : traditional ? charset("Big5") : Optional.empty();
        return charset.filter(one -> isChinese(sample(content, one)));
    }

    /** What is decoded at the wrong end, or is no text, is spread over all of Unicode. */
    private static Optional<Charset> utf16(byte[] content) {
        if (content.length % 2 != 0 || content.length == 0) {
            return Optional.empty();
        }
        List<Charset> plausible = new ArrayList<>();
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            String sample = sample(content, charset);
            long usual = sample.chars().filter(TextEncoding::isUsual).count();
            boolean spaced = sample.chars().anyMatch(c -> c == ' ' || c == '\n' || c == '\u3002' || c == '\uFF0C');
            if (usual > 0.98 * sample.length() && spaced) {
                plausible.add(charset);
            }
        }
        return plausible.size() == 1 ? Optional.of(plausible.get(0)) : Optional.empty();
    }

    private static boolean isUsual(int c) {
        boolean latin = c >= ' ' && c < 0x250 && c != 0x7F || c == '\n' || c == '\r' || c == '\t';
        boolean chinese = c >= 0x4E00 && c <= 0x9FA5 || c >= 0x3000 && c <= 0x30FF || c >= 0xFF00 && c <= 0xFF5E;
        return latin || chinese || c >= 0x2010 && c <= 0x2040 || c >= 0xAC00 && c <= 0xD7A3 || c >= 0x370 && c <= 0x4FF;
    }

    private static boolean isChinese(String sample) {
        long chinese = sample.codePoints().filter(Character::isIdeographic).count();
        long frequent = sample.chars().filter(c -> FREQUENT.indexOf(c) >= 0).count();
        boolean foreign = sample.chars().anyMatch(c -> c >= 0x3040 && c <= 0x30FF || c == 0xFFFD);
        return chinese >= LEAST_CHINESE && frequent >= ONE_IN_TWELVE * chinese && !foreign;
    }

    /** The last character may be cut in two. */
    private static String sample(byte[] content, Charset charset) {
        int length = Math.min(content.length, SAMPLE);
        String sample = new String(content, 0, length, charset);
        return length < content.length && sample.length() > 2 ? sample.substring(0, sample.length() - 2) : sample;
    }

    /**
     * Of the pairs of bytes that are Chinese characters, how many are among the frequent ones, which both encodings have at their
     * beginning.
     */
    private record Pairs(double frequentInGb, double frequentInBig5) {

        static Pairs of(byte[] content) {
            long pairs = 0;
            long gb = 0;
            long big5 = 0;
            for (int i = 0; i + 1 < Math.min(content.length, SAMPLE); i++) {
                int first = content[i] & 0xFF;
                int second = content[i + 1] & 0xFF;
                if (first >= 0x81) {
                    // Signs and full-width letters stand before the characters in both.
                    boolean signInGb = first <= 0xA9 && second >= 0xA1;
                    boolean signInBig5 = first <= 0xA3;
                    pairs++;
                    gb += signInGb || first >= 0xB0 && first <= 0xD7 && second >= 0xA1 ? 1 : 0;
                    big5 += signInBig5 || first >= 0xA4 && first <= 0xC6 && second >= 0x40 ? 1 : 0;
                    i++;
                }
            }
            return pairs == 0 ? new Pairs(0, 0) : new Pairs((double) gb / pairs, (double) big5 / pairs);
        }
    }

    private static Optional<String> whole(byte[] content, Charset charset, Watch watch) throws StoppedException {
        CharsetDecoder decoder = charset.newDecoder();
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer characters = CharBuffer.allocate(PIECE);
        CleanText pieces = new CleanText();
        StringBuilder text = new StringBuilder(content.length);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            watch.check(bytes.position(), content.length);
            result = decoder.decode(bytes, characters, true);
            text.append(pieces.next(characters.flip().toString()));
            characters.clear();
        }
        return result.isError() ? Optional.empty() : Optional.of(text.toString());
    }
}

package io.github.deepthink4j.samples.rag.index;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import io.github.deepthink4j.samples.rag.SampleCorpus;
import io.github.deepthink4j.samples.rag.document.Keys;
import io.github.deepthink4j.samples.rag.model.LocalEmbeddings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * As many passages as wanted without a model, the same ones each time; every second document is Chinese. A passage is about a topic,
 * of which there is one for each fifty passages of a language, in an area with forty others. Its vector lies about that of its topic,
 * in 96 directions of the model's space and a little in all: random vectors of so many numbers would all be equally far from each
 * other, as those of texts are not. Its words are those of the sample's corpus as often as there, and each two of them put together for
 * the topic, and a code of its own.
 */
final class SyntheticPassages {

    static final int IN_A_DOCUMENT = 20;

    private static final int IN_A_TOPIC = 50;
    private static final int TOPICS_IN_AN_AREA = 40;
    private static final int LATENT = 96;
    private static final int WORDS = 90;
    private static final int TOPIC_WORDS = 12;

    private final List<Stretch> stretches = Stretch.of(LocalEmbeddings.model().dimension());
    private final List<float[][]> projections = new ArrayList<>();
    private final List<String> words;
    private final String chinese = "设备开机后会自动连接最近一次使用的无线网络如果指示灯持续闪烁请检查电源适配器是否插紧电池在常温下可以连续工作十四个小时左右"
            + "保修期内因质量问题造成的损坏由厂家免费维修校准前请将传感器放在水平的桌面上静置十分钟固件升级过程中不要断开否则可能需要返厂"
            + "每隔五分上报温度湿度和气压数据超过量程读数会在报表里用红色标出并记录时间客户可以在服务网点更换滤芯一般当天就能取走"
            + "存放应避免阳光直射环境不要超过百分之七管理员可以为每个部门设置不同访问权限和配额系统凌晨两点备份保留三十天";

    private final int topics;

    /** @param count of passages that there are to be about, which tells how many topics */
    SyntheticPassages(int count) throws IOException {
        topics = Math.max(TOPICS_IN_AN_AREA, count / stretches.size() / IN_A_TOPIC);
        words = wordsOfTheCorpus();
        for (Stretch stretch : stretches) {
            Random random = new Random(stretch.from());
            float[][] projection = new float[stretch.dimension()][];
            for (int i = 0; i < projection.length; i++) {
                projection[i] = gaussian(random, LATENT, 1);
            }
            projections.add(projection);
        }
    }

    private static List<String> wordsOfTheCorpus() throws IOException {
        List<String> words = new ArrayList<>();
        try (Stream<Path> files = Files.list(SampleCorpus.FOLDER)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".md")).sorted().toList()) {
                for (String word :
                        Files.readString(file).toLowerCase(Locale.ROOT).split("[^a-z]+")) {
                    if (word.length() > 1) {
                        words.add(word);
                    }
                }
            }
        }
        return words;
    }

    /** A document: the passages with their vectors and ids, as an ingest makes them. */
    record Document(List<String> ids, List<Embedding> embeddings, List<TextSegment> passages) {}

    Document document(int number) {
        String file = "document" + number + ".md";
        Version version = new Version("hash" + number, IN_A_DOCUMENT);
        List<Embedding> embeddings = new ArrayList<>();
        List<TextSegment> passages = new ArrayList<>();
        for (int i = 0; i < IN_A_DOCUMENT; i++) {
            int passage = number * IN_A_DOCUMENT + i;
            embeddings.add(vector(passage, new Random(passage), 0));
            passages.add(TextSegment.from(
                    text(passage, new Random(passage), WORDS) + code(passage),
                    Metadata.from(Keys.FILE, file)
                            .put(Keys.HEADING, "Document " + number + " > " + i / 4)
                            .put(Keys.VERSION, Version.id(file, version.hash()))
                            .put(Keys.POSITION, i)));
        }
        return new Document(version.passageIds(file), embeddings, passages);
    }

    /**
     * What somebody asks who means this passage.
     *
     * @param embedding near that of the passage
     */
    record Question(String text, Embedding embedding, int stretch, int passage) {}

    Question question(int passage) {
        Random random = new Random(-1L - passage);
        String text = text(passage, random, 8) + (random.nextInt(5) == 0 ? code(passage) : "");
        return new Question(text, vector(passage, new Random(passage), 0.35), language(passage), passage);
    }

    /** Which stretch a passage fills: the languages take turns by document. */
    int language(int passage) {
        return passage / IN_A_DOCUMENT % stretches.size();
    }

    private static String code(int passage) {
        return " QX-" + (100_000 + passage);
    }

    private int topic(int passage) {
        return new Random(31L * passage).nextInt(topics);
    }

    private Embedding vector(int passage, Random random, double away) {
        int language = language(passage);
        int topic = topic(passage);
        float[] area = gaussian(new Random(7_000_000L + topic / TOPICS_IN_AN_AREA), LATENT, 0.6);
        float[] about = gaussian(new Random(8_000_000L + topic), LATENT, 0.6);
        float[] own = gaussian(random, LATENT, 0.5);
        float[] asked = gaussian(new Random(9_000_000L + passage), LATENT, away);
        float[] vector = new float[LocalEmbeddings.model().dimension()];
        Stretch stretch = stretches.get(language);
        double length = 0;
        for (int i = 0; i < stretch.dimension(); i++) {
            float[] direction = projections.get(language)[i];
            double sum = random.nextGaussian();
            for (int k = 0; k < LATENT; k++) {
                sum += direction[k] * (area[k] + about[k] + own[k] + asked[k]);
            }
            vector[stretch.from() + i] = (float) sum;
            length += sum * sum;
        }
        for (int i = 0; i < stretch.dimension(); i++) {
            vector[stretch.from() + i] /= (float) Math.sqrt(length);
        }
        return Embedding.from(vector);
    }

    private String text(int passage, Random random, int length) {
        Random aboutTopic = new Random(5_000_000L + topic(passage));
        List<String> ofTopic = new ArrayList<>();
        boolean english = language(passage) == 0;
        for (int i = 0; i < TOPIC_WORDS; i++) {
            ofTopic.add(
                    english
                            ? words.get(aboutTopic.nextInt(words.size())) + words.get(aboutTopic.nextInt(words.size()))
                            : slice(aboutTopic, 1) + slice(aboutTopic, 1) + slice(aboutTopic, 1));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            boolean isCommon = random.nextInt(4) > 0;
            String common = english ? words.get(random.nextInt(words.size())) : slice(random, 1 + random.nextInt(3));
            text.append(isCommon ? common : ofTopic.get(random.nextInt(TOPIC_WORDS)))
                    .append(english ? " " : "");
        }
        return text.toString();
    }

    private String slice(Random random, int length) {
        int from = random.nextInt(chinese.length() - length);
        return chinese.substring(from, from + length);
    }

    private static float[] gaussian(Random random, int count, double scale) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (scale * random.nextGaussian());
        }
        return numbers;
    }
}

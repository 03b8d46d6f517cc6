package io.github.deepthink4j.samples.rag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of as many Markdown files as wanted, half of them English and half Chinese, the same ones each time: what the figures in
 * docs/rag.md were measured with. Each has one to three sections of a few sentences, 1 KB in all.
 */
public final class ManyFiles {

    private static final int FILES_IN_A_FOLDER = 500;

    private static final List<String> CHINESE = List.of(
            "设备开机后会自动连接最近一次使用的无线网络。",
            "如果指示灯持续闪烁，请检查电源适配器是否插紧。",
            "电池在常温下可以连续工作十四个小时左右。",
            "保修期内因质量问题造成的损坏由厂家免费维修。",
            "校准前请将传感器放在水平的桌面上静置十分钟。",
            "固件升级过程中不要断开电源，否则可能需要返厂。",
            "传感器每隔五分钟上报一次温度、湿度和气压数据。",
            "超过量程的读数会在报表里用红色标出，并记录时间。",
            "客户可以在服务网点更换滤芯，一般当天就能取走。",
            "存放时应避免阳光直射，环境湿度不要超过百分之七十。",
            "管理员可以为每个部门设置不同的访问权限和配额。",
            "系统每天凌晨两点自动备份，保留最近三十天的记录。");

    private ManyFiles() {}

    /** {@code FOLDER COUNT} */
    public static void main(String[] args) throws IOException {
        write(Path.of(args[0]), Integer.parseInt(args[1]));
    }

    public static void write(Path folder, int count) throws IOException {
        List<String> english = sentencesOfTheCorpus();
        for (int i = 0; i < count; i++) {
            Path file = folder.resolve("part" + i / FILES_IN_A_FOLDER).resolve("file" + i + ".md");
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(i, i % 2 == 0 ? english : CHINESE, i % 2 == 0 ? " " : ""));
        }
    }

    private static String text(int number, List<String> sentences, String between) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder("# " + sentences.get(random.nextInt(sentences.size())) + "\n\n");
        for (int section = 1 + random.nextInt(3); section > 0; section--) {
            text.append("## ").append(number).append('.').append(section).append("\n\n");
            for (int sentence = 4 + random.nextInt(6); sentence > 0; sentence--) {
                text.append(sentences.get(random.nextInt(sentences.size()))).append(between);
            }
            text.append("(").append(random.nextInt(1_000_000)).append(")\n\n");
        }
        return text.toString();
    }

    private static List<String> sentencesOfTheCorpus() throws IOException {
        List<String> sentences = new ArrayList<>();
        try (Stream<Path> files = Files.list(SampleCorpus.FOLDER)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".md")).sorted().collect(Collectors.toList())) {
                for (String sentence : Files.readString(file).split("(?<=[.!?])\\s+|\n\n")) {
                    if (sentence.length() > 40 && sentence.matches("[A-Z][^#|`]*[.!?]")) {
                        sentences.add(sentence.replace('\n', ' '));
                    }
                }
            }
        }
        return sentences;
    }
}

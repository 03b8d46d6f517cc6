package io.github.deepthink4j.samples.rag.command;

import static io.github.deepthink4j.testkit.script.TextMatch.anything;

import io.github.deepthink4j.model.DeepSeekOcr;
import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.document.DeepSeekPages;
import io.github.deepthink4j.samples.rag.model.Settings;
import io.github.deepthink4j.samples.rag.screen.Words;
import io.github.deepthink4j.samples.rag.simulator.PageText;
import io.github.deepthink4j.testkit.DeepSeekSimulator;
import java.util.Map;

/** DeepSeek's OCR, or a simulator in its place. */
final class PageReader implements AutoCloseable {

    private final DeepSeekSimulator simulator;
    private final DeepSeekOcr ocr;
    private final String readBy;

    PageReader(Map<String, String> environment) {
        Settings settings;
        try {
            settings = Settings.from(environment);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        simulator = settings.isOffline() ? DeepSeekSimulator.builder().build() : null;
        if (simulator != null) {
            simulator.onOcr(anything()).reply(PageText::of);
            settings = settings.at(simulator.baseUrl());
        }
        readBy = simulator == null
                ? Words.of(
                        "DeepSeek reads pages and images, which are sent there and billed by the page.",
                        "由 DeepSeek 读取页面和图片：文件会发送给它，并按页计费。")
                : Words.of(
                        "No DEEPSEEK_API_KEY is set: a simulator reads the pages of PDF files, and nothing of images.",
                        "没有设置 DEEPSEEK_API_KEY：由模拟器读取 PDF 的页面，它读不了图片。");
        ocr = DeepSeekOcr.builder()
                .baseUrl(settings.baseUrl())
                .apiKey(settings.apiKey())
                .build();
    }

    DeepSeekPages pages() {
        return new DeepSeekPages(ocr);
    }

    /** A line that says who reads. */
    String readBy() {
        return readBy;
    }

    @Override
    public void close() {
        ocr.close();
        if (simulator != null) {
            simulator.close();
        }
    }
}

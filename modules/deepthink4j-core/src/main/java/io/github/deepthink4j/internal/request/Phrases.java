package io.github.deepthink4j.internal.request;

import dev.langchain4j.data.message.Content;
import io.github.deepthink4j.profile.PromptLanguage;
import java.util.Locale;
import java.util.Map;

/**
 * What the library says to a model in words of its own, in each {@link PromptLanguage}, one beside the other.
 *
 * @param jsonObject   asks for any JSON object; a server may want to find the word json in it
 * @param jsonBySchema asks for JSON by the schema that follows
 * @param called       a call told as text, with the tool's name and its arguments
 * @param returned     a result told as text, with the tool's name and what it has returned
 * @param failed       as {@code returned}, of a tool that has failed
 * @param noOutput     stands for an empty result
 * @param begin        what a user may have said before an assistant that speaks first
 * @param leftOut      stands for a picture and the like, with its name
 * @param kinds        the names of what may be left out, by LangChain4j's
 * @param resultLost   stands for a result that never came
 * @param notCalled    stands for the result of a call that could not be made
 */
public record Phrases(
        String jsonObject,
        String jsonBySchema,
        String called,
        String returned,
        String failed,
        String noOutput,
        String begin,
        String leftOut,
        Map<String, String> kinds,
        String resultLost,
        String notCalled) {

    private static final Phrases ENGLISH = new Phrases(
            "Answer with a JSON object only.",
            "Answer with a JSON object only, without any other text and without a code fence. "
                    + "The JSON object must conform to this JSON schema:\n",
            "I called the tool %s with the arguments %s",
            "The tool %s returned:\n%s",
            "The tool %s failed:\n%s",
            "(no output)",
            "(Begin the conversation.)",
            "(%s left out: this model can't read it)",
            Map.of(),
            "(no result is known: the run failed, perhaps after this tool had done its work)",
            "(no result: the arguments of this call are no JSON object, so the tool was not called)");

    private static final Phrases CHINESE = new Phrases(
            "只用一个 JSON 对象回答。",
            "只用一个 JSON 对象回答，不要输出其他任何文字，也不要加代码块标记。这个 JSON 对象必须符合下面的 JSON Schema：\n",
            "我调用了工具 %s，参数是 %s",
            "工具 %s 返回：\n%s",
            "工具 %s 调用失败：\n%s",
            "（没有输出）",
            "（请开始对话。）",
            "（此处的%s已略去：本模型无法读取）",
            Map.of("image", "图片", "audio", "音频", "video", "视频", "pdf", " PDF 文件"),
            "（结果未知：运行中断了，此前工具可能已经执行完）",
            "（没有结果：这次调用的参数不是 JSON 对象，所以工具没有被调用）");

    /**
     * @param language one that is decided: English or Chinese
     */
    public static Phrases in(PromptLanguage language) {
        return language == PromptLanguage.CHINESE ? CHINESE : ENGLISH;
    }

    String leftOut(Content content) {
        String name = content.type().name().toLowerCase(Locale.ROOT);
        return leftOut.formatted(kinds.getOrDefault(name, name));
    }
}

package io.github.deepthink4j.samples.agent;

import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.samples.agent.screen.Commands;
import io.github.deepthink4j.samples.agent.screen.Screen;
import io.github.deepthink4j.samples.agent.screen.Words;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a person chooses while the program runs.
 *
 * @param modelName who thinks
 * @param thinking  {@code null} for what the model does by itself
 * @param effort    how hard to think; {@code null} for what the model does by itself
 */
public record Choices(String modelName, Boolean thinking, String effort) {

    public static Choices of(String modelName) {
        return new Choices(modelName, null, null);
    }

    public DeepSeekStreamingChatModel.Builder applyTo(DeepSeekStreamingChatModel.Builder model) {
        model.modelName(modelName).reasoningEffort(effort);
        return thinking == null ? model : model.thinking(thinking);
    }

    /**
     * @param change may refuse by an {@link IllegalArgumentException}, and then all stays as it was
     */
    public static void addCommands(Commands commands, Screen screen, Supplier<Choices> now, Consumer<Choices> change) {
        Consumer<Choices> choose = chosen -> {
            try {
                change.accept(chosen);
                screen.line(now.get().toString());
            } catch (IllegalArgumentException e) {
                screen.line(Words.error(e));
            }
        };
        commands.add("/think", "on|off", Words.of("whether to think before the answer", "回答之前是否思考"), word -> {
            switch (word) {
                case "on", "开" -> choose.accept(new Choices(now.get().modelName, true, now.get().effort));
                case "off", "关" -> choose.accept(new Choices(now.get().modelName, false, null));
                case "" -> screen.line(now.get().toString());
                default -> screen.line(Words.of("It is /think on or /think off.", "用法：/think on 或 /think off。"));
            }
        });
        commands.add(
                "/effort",
                "low|high|max",
                Words.of("how hard to think; nothing behind it: as the model does by itself", "思考的强度；不写则由模型决定"),
                word -> choose.accept(
                        new Choices(now.get().modelName, now.get().thinking, word.isEmpty() ? null : word)));
        commands.add(
                "/model",
                "NAME",
                Words.of("another model of the same server", "同一服务器上的另一个模型"),
                word -> choose.accept(
                        word.isEmpty() ? now.get() : new Choices(word, now.get().thinking, now.get().effort)));
    }

    @Override
    public String toString() {
        String thinks = thinking == null
                ? Words.of("thinking as it does by itself", "是否思考由模型决定")
                : thinking ? Words.of("thinking on", "思考：开") : Words.of("thinking off", "思考：关");
        return modelName
                + Words.of(", ", "，")
                + thinks
                + (effort == null ? "" : Words.of(", effort ", "，强度 ") + effort)
                + Words.of(".", "。");
    }
}

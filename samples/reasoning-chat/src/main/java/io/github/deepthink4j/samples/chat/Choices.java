package io.github.deepthink4j.samples.chat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import io.github.deepthink4j.error.RequestRejectedException;
import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.profile.Efforts;
import io.github.deepthink4j.profile.ModelProfile;
import io.github.deepthink4j.profile.ThinkingMode;
import io.github.deepthink4j.samples.chat.screen.Commands;
import io.github.deepthink4j.samples.chat.screen.Screen;
import io.github.deepthink4j.samples.chat.screen.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What a person chooses while the program runs. A choice that the model's profile does not know is refused when it is typed.
 *
 * @param modelName who thinks
 * @param thinking  {@code null} for what the model does by itself
 * @param effort    how hard to think; {@code null} for what the model does by itself
 */
public record Choices(String modelName, Boolean thinking, String effort) {

    private static final Pattern EDGES = Pattern.compile("^[\\s\\p{Z}]+|[\\s\\p{Z}]+$");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9@][A-Za-z0-9@._:/+-]{0,199}");
    private static final List<String> FROM_LOW_TO_HIGH =
            List.of("minimal", "low", "medium", "high", "xhigh", "max", "ultra");

    public static Choices of(String modelName) {
        return new Choices(modelName, null, null);
    }

    public DeepSeekStreamingChatModel.Builder applyTo(DeepSeekStreamingChatModel.Builder model) {
        model.modelName(modelName).reasoningEffort(effort);
        return thinking == null ? model : model.thinking(thinking);
    }

    /**
     * @param first  what was chosen when the program began
     * @param change may refuse by an {@link IllegalArgumentException}, and then all stays as it was
     */
    public static void addCommands(
            Commands commands, Screen screen, Choices first, Supplier<Choices> now, Consumer<Choices> change) {
        Consumer<Choices> choose = chosen -> {
            try {
                change.accept(chosen);
                screen.line(now.get().toString());
            } catch (IllegalArgumentException e) {
                screen.line(Words.error(e));
            }
        };
        commands.add(
                "/think",
                "on|off|default",
                Words.of("whether to think before the answer", "回答之前是否思考"),
                word -> answer(screen, choose, () -> now.get().withThinking(plain(word))));
        commands.add(
                "/effort",
                "LEVEL|default",
                Words.of(
                        "how hard to think; default or nothing: as the model does by itself",
                        "思考的强度；default 或不写则由模型决定"),
                word -> answer(screen, choose, () -> now.get().withEffort(plain(word))));
        commands.add("/model", "NAME|default", Words.of("another model of the same server", "同一服务器上的另一个模型"), word -> {
            Choices before = now.get();
            boolean back = plain(word).equals("default") || plain(word).equals("默认");
            String name = back ? first.modelName : EDGES.matcher(word).replaceAll("");
            answer(screen, choose, () -> before.withModel(name));
            before.lostIn(now.get()).ifPresent(screen::line);
        });
    }

    private static void answer(Screen screen, Consumer<Choices> choose, Supplier<Choices> chosen) {
        try {
            choose.accept(chosen.get());
        } catch (IllegalArgumentException e) {
            screen.line(e.getMessage());
        }
    }

    private static String plain(String word) {
        return EDGES.matcher(word).replaceAll("").toLowerCase(Locale.ROOT);
    }

    private Choices withThinking(String word) {
        return switch (word) {
            case "on", "开" -> {
                if (!profile().thinks(ThinkingMode.ON)) {
                    throw new IllegalArgumentException(Words.of(
                            modelName + " does not think, and can't be made to.", modelName + " 不思考，也无法打开思考。"));
                }
                yield new Choices(modelName, true, effort);
            }
            case "off", "关" -> {
                if (!profile().canTurnThinkingOff()) {
                    throw new IllegalArgumentException(
                            Words.of(modelName + " always thinks: it can't be turned off.", modelName + " 总是思考，无法关闭。"));
                }
                yield new Choices(modelName, false, null);
            }
            case "default", "默认" -> new Choices(modelName, null, effort);
            case "" -> this;
            default ->
                throw new IllegalArgumentException(Words.of(
                        "It is /think on or /think off; /think default leaves it to the model.",
                        "用法：/think on 或 /think off；/think default 由模型决定。"));
        };
    }

    private Choices withEffort(String word) {
        switch (word) {
            case "", "default", "off", "默认", "关" -> {
                return new Choices(modelName, thinking, null);
            }
            case Efforts.NONE_EFFORT -> {
                return withThinking("off");
            }
            default -> {
                if (!efforts().contains(word)) {
                    throw new IllegalArgumentException(knownEfforts());
                }
                if (Boolean.FALSE.equals(thinking)) {
                    throw new IllegalArgumentException(Words.of(
                            "Thinking is off, so no effort is sent. Say /think on first.",
                            "思考已关闭，不会发送强度。请先输入 /think on。"));
                }
                return new Choices(modelName, thinking, word);
            }
        }
    }

    private String knownEfforts() {
        List<String> known = efforts();
        return known.isEmpty()
                ? Words.of(
                        modelName + " knows no effort: it decides by itself how hard it thinks.",
                        modelName + " 没有思考强度：由它自己决定。")
                : Words.of(
                        "The efforts of " + modelName + ": " + String.join(", ", known)
                                + ". /effort default leaves it to the model.",
                        modelName + " 的思考强度：" + String.join("、", known) + "。/effort default 由模型决定。");
    }

    private Choices withModel(String name) {
        if (name.isEmpty()) {
            return this;
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(Words.of(
                    "It is /model NAME or /model default, and a name is of letters from a to z, digits and some of -._:/@+, such as deepseek-flash.",
                    "用法：/model 名称，或 /model default。名称由英文字母、数字和 -._:/@+ 组成，例如 deepseek-flash。"));
        }
        Choices other = new Choices(name, thinking, effort);
        Boolean thinks = Boolean.FALSE.equals(thinking) && !other.profile().canTurnThinkingOff()
                        || Boolean.TRUE.equals(thinking) && !other.profile().thinks(ThinkingMode.ON)
                ? null
                : thinking;
        return new Choices(name, thinks, other.efforts().contains(effort) ? effort : null);
    }

    /** A sentence on what the next model does not know. */
    private Optional<String> lostIn(Choices next) {
        if (modelName.equals(next.modelName)) {
            return Optional.empty();
        }
        String lost = (effort != null && next.effort == null
                        ? Words.of("The effort " + effort + " is dropped. ", "不再使用强度 " + effort + "。")
                                + next.knownEfforts()
                        : "")
                + (thinking != null && next.thinking == null
                        ? Words.of(" Whether it thinks can't be chosen, so that is dropped.", "是否思考无法选择，已不再使用。")
                        : "");
        return lost.isEmpty() ? Optional.empty() : Optional.of(lost.strip());
    }

    /** The same word has meant different things to different models. */
    private String meaning() {
        String meaning = profile().efforts().meanings().getOrDefault(effort, effort);
        return meaning.equals(effort) ? effort : meaning + Words.of(" (as " + effort + ")", "（即 " + effort + "）");
    }

    private ModelProfile profile() {
        return ModelProfile.forModel(modelName);
    }

    private List<String> efforts() {
        return profile().efforts().meanings().keySet().stream()
                .sorted(Comparator.comparing((String word) -> FROM_LOW_TO_HIGH.contains(word)
                                ? FROM_LOW_TO_HIGH.indexOf(word)
                                : FROM_LOW_TO_HIGH.size())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /**
     * How to take back what may be the reason that a question was refused; empty if nothing was chosen that could be.
     *
     * @param error what the question has failed by
     * @param first what was chosen when the program began
     */
    public Optional<String> hint(Throwable error, Choices first) {
        // A conversation that is too long is an invalid request as well, and no choice is the reason.
        boolean refused = error instanceof RequestRejectedException
                || error instanceof UnsupportedFeatureException
                || error.getClass() == InvalidRequestException.class;
        boolean unknown = error instanceof ModelNotFoundException;
        String hint = (refused && effort != null
                        ? Words.of("/effort default leaves the effort to the model. ", "/effort default 由模型决定思考强度。")
                        : "")
                + (refused && thinking != null
                        ? Words.of(
                                "/think default leaves it to the model whether it thinks. ",
                                "/think default 由模型决定是否思考。")
                        : "")
                + ((refused || unknown) && !modelName.equals(first.modelName)
                        ? Words.of(
                                "/model " + first.modelName + " goes back to the model before.",
                                "/model " + first.modelName + " 换回原来的模型。")
                        : "");
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint.strip());
    }

    @Override
    public String toString() {
        String thinks = thinking == null
                ? Words.of("thinking as it does by itself", "是否思考由模型决定")
                : thinking ? Words.of("thinking on", "思考：开") : Words.of("thinking off", "思考：关");
        return modelName
                + Words.of(", ", "，")
                + thinks
                + (effort == null ? "" : Words.of(", effort ", "，强度 ") + meaning())
                + Words.of(".", "。");
    }
}

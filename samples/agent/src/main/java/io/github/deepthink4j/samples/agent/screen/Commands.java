package io.github.deepthink4j.samples.agent.screen;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a person can tell the program, in one line that begins with a slash, and not the model. */
public final class Commands {

    /**
     * One word in any language, or none. A path or a regular expression may begin with a slash too, and is a question; so is what has a
     * blank before the slash. Where Chinese is typed the slash may be a wide one.
     */
    private static final Pattern COMMAND =
            Pattern.compile("[/\uFF0F](?:([\\p{L}?][\\p{L}\\p{M}\\p{N}?_=-]*)(?:[ \\t\u3000]+(\\S.*?))?)?\\s*");

    private record Command(String shown, String what, Consumer<String> action) {}

    private final Screen screen;
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private boolean ended;

    public Commands(Screen screen) {
        this.screen = screen;
    }

    /** One without an argument. */
    public Commands add(String name, String what, Runnable action) {
        return add(name, "", what, argument -> action.run());
    }

    /**
     * @param argument how it is shown; what is given to the action is empty where it was left out
     */
    public Commands add(String name, String argument, String what, Consumer<String> action) {
        commands.put(name, new Command((name + " " + argument).strip(), what, action));
        return this;
    }

    /**
     * Reads until the input ends, {@code /quit} comes or it is of no use to go on.
     *
     * @param question is answered with whatever is no command, as it was typed; {@code false} if it is of no use to go on
     */
    public void readUntilTheEnd(Predicate<String> question) {
        add("/help", Words.of("this list", "本列表"), this::help);
        add("/quit", Words.of("end", "结束"), () -> ended = true);
        screen.complete(commands.keySet());
        while (!ended) {
            Optional<String> line = screen.read();
            if (line.isEmpty()) {
                return;
            }
            Matcher command = COMMAND.matcher(line.get());
            if (command.matches()) {
                run("/" + orEmpty(command.group(1)), orEmpty(command.group(2)));
            } else if (!line.get().isBlank() && CleanText.inOneLine(line.get()).isEmpty()) {
                screen.note(Words.of("nothing that can be seen stands in this line: it is left out", "这一行没有可见的字符，已忽略"));
            } else if (!line.get().isBlank() && !question.test(line.get())) {
                return;
            }
        }
    }

    private static String orEmpty(String group) {
        return group == null ? "" : group;
    }

    private void run(String name, String argument) {
        Command command = commands.get(name.equals("/exit") ? "/quit" : name.equals("/?") ? "/help" : name);
        if (command == null) {
            screen.line(Words.of(
                    "There is no command " + name
                            + "; /help lists those there are. With a blank before it, it is a question.",
                    "没有命令 " + name + "；/help 列出所有命令。前面加一个空格，就作为问题发送。"));
        } else {
            command.action().accept(argument);
        }
    }

    private void help() {
        screen.line(commands.values().stream()
                .map(command -> command.shown() + Words.of(": ", "：") + command.what())
                .collect(Collectors.joining("\n")));
        screen.line(Words.of(
                "Everything else is sent as it is typed. On a terminal several lines can be pasted, Alt-Enter begins a new line, the"
                        + " arrow keys and Ctrl-R find earlier lines; Ctrl-C stops an answer, Ctrl-D ends.",
                "其余内容按输入的原样发送。在终端里可以粘贴多行，Alt-Enter 换行，方向键和 Ctrl-R 查找以前的输入；Ctrl-C 停止回答，Ctrl-D 结束。"));
    }
}

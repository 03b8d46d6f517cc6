package io.github.deepthink4j.testkit.internal.answer;

import io.github.deepthink4j.testkit.internal.request.SimpleTokenizer;
import io.github.deepthink4j.testkit.script.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * Tool calls as far as {@code max_tokens} lets them come. A call that is cut is there with its whole name and with what it has of
 * its arguments, be that nothing (docs/protocol.md, section 2.6); the calls after it are not.
 *
 * @param tokens that they have taken
 */
record CutCalls(List<Answer.Call> calls, int tokens, boolean cut) {

    static final CutCalls NONE = new CutCalls(List.of(), 0, false);

    static CutCalls of(List<Answer.Call> wanted, int most) {
        List<Answer.Call> calls = new ArrayList<>();
        int left = most;
        for (Answer.Call call : wanted) {
            if (left <= 0) {
                return new CutCalls(calls, most - left, true);
            }
            int name = SimpleTokenizer.count(call.name());
            List<String> arguments = SimpleTokenizer.tokens(call.argumentsJson());
            if (name + arguments.size() > left) {
                int fits = Math.max(0, left - name);
                calls.add(new Answer.Call(call.name(), String.join("", arguments.subList(0, fits))));
                return new CutCalls(calls, most, true);
            }
            calls.add(call);
            left -= name + arguments.size();
        }
        return new CutCalls(calls, most - left, false);
    }
}

package io.github.deepthink4j.testkit.rule;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A rule, a request that is within it, and one that is not.
 *
 * @param status of the refusal
 * @param words  in the message of the refusal
 */
record RuleCase(Rule rule, Generation generation, String within, String beyond, int status, String words) {

    static final String USER = "{'role':'user','content':'Hi'}";
    static final String TOOL = "'tools':[{'type':'function','function':{'name':'f','parameters':{}}}]";
    static final String RESULT = "{'role':'tool','tool_call_id':'1','content':'x'}";

    private static final Set<Rule> OF_THE_PARSER = EnumSet.of(
            Rule.PARAMETER_KINDS, Rule.KNOWN_ROLES, Rule.NO_CONTENT_ARRAYS, Rule.IMAGES, Rule.THINKING_IS_OBJECT);

    /** Whether the body does not even parse, which the server labels as JSON: docs/protocol.md, section 12. */
    boolean isOfTheParser() {
        return OF_THE_PARSER.contains(rule) || status == 422;
    }

    static String assistant(String more) {
        return "{'role':'assistant','content':'Yes'" + more + "}";
    }

    static String call(String more) {
        return assistant(
                ",'tool_calls':[{'id':'1','type':'function','function':{'name':'f','arguments':'{}'}}]" + more);
    }

    static final String REASONING = ",'reasoning_content':'So'";

    static RuleCase rule(
            Rule rule, Generation generation, String model, String within, String beyond, int status, String words) {
        String breach = beyond.startsWith("'model'") ? beyond : body(model, beyond);
        return new RuleCase(rule, generation, quoted(body(model, within)), quoted(breach), status, words);
    }

    static String body(String model, String rest) {
        return "'model':'" + model + "'," + rest;
    }

    static String chat(String... messages) {
        return "'messages':[" + String.join(",", messages) + "]";
    }

    static String tools(int count, String name) {
        return "'tools':["
                + IntStream.range(0, count)
                        .mapToObj(i -> "{'type':'function','function':{'name':'" + name + i + "'}}")
                        .collect(Collectors.joining(","))
                + "]";
    }

    static String quoted(String body) {
        return "{" + body.replace('\'', '"') + "}";
    }
}

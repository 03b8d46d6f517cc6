package io.github.deepthink4j.testkit.rule;

import static io.github.deepthink4j.testkit.rule.Generation.R1;
import static io.github.deepthink4j.testkit.rule.Generation.V3_1;
import static io.github.deepthink4j.testkit.rule.Generation.V3_2;
import static io.github.deepthink4j.testkit.rule.Generation.V4;
import static io.github.deepthink4j.testkit.rule.Generation.V4_0731;
import static io.github.deepthink4j.testkit.rule.Generation.V4_1;
import static io.github.deepthink4j.testkit.rule.RuleCase.REASONING;
import static io.github.deepthink4j.testkit.rule.RuleCase.RESULT;
import static io.github.deepthink4j.testkit.rule.RuleCase.TOOL;
import static io.github.deepthink4j.testkit.rule.RuleCase.USER;
import static io.github.deepthink4j.testkit.rule.RuleCase.assistant;
import static io.github.deepthink4j.testkit.rule.RuleCase.call;
import static io.github.deepthink4j.testkit.rule.RuleCase.chat;
import static io.github.deepthink4j.testkit.rule.RuleCase.rule;

import java.util.stream.Stream;

/** Messages, and the reasoning in them: docs/protocol.md, section 1.3. */
final class MessageRuleCases {

    private MessageRuleCases() {}

    static Stream<RuleCase> cases() {
        return Stream.of(
                rule(Rule.MESSAGES_PRESENT, V4_1, "deepseek-flash", chat(USER), chat(), 400, "Empty input messages"),
                rule(
                        Rule.NO_CONTENT_ARRAYS,
                        R1,
                        "deepseek-reasoner",
                        chat(USER),
                        chat("{'role':'user','content':[{'type':'text','text':'Hi'}]}"),
                        422,
                        "expected a string"),
                rule(
                        Rule.ASSISTANT_CONTENT,
                        V4_1,
                        "deepseek-flash",
                        chat(USER, "{'role':'assistant','content':''}", USER),
                        chat(USER, "{'role':'assistant','content':null}", USER),
                        400,
                        "content or tool_calls must be set"),
                rule(
                        Rule.ALTERNATING_ROLES,
                        R1,
                        "deepseek-reasoner",
                        chat(USER, assistant(""), USER),
                        chat(USER, USER),
                        400,
                        "successive user or assistant messages (messages[0] and messages[1]"),
                rule(
                        Rule.TOOL_RESULTS_MATCH,
                        V3_2,
                        "deepseek-chat",
                        chat(USER, call(""), RESULT),
                        chat(USER, call(""), USER),
                        400,
                        "insufficient tool messages"),
                rule(
                        Rule.TOOL_RESULTS_MATCH,
                        V3_2,
                        "deepseek-chat",
                        chat(USER, call(""), RESULT),
                        chat(USER, RESULT),
                        400,
                        "must be a response to a preceding message"),
                rule(
                        Rule.KNOWN_ROLES,
                        V4_1,
                        "deepseek-flash",
                        chat("{'role':'system','content':'x'}", USER),
                        chat("{'role':'developer','content':'x'}", USER),
                        400,
                        "target type: messages[0].role: unknown variant `developer`, expected one of `system`, `user`,"
                                + " `assistant`, `tool`, `latest_reminder` at line 1 column 57"),
                rule(
                        Rule.KNOWN_ROLES,
                        V3_1,
                        "deepseek-chat",
                        chat(USER),
                        chat("{'role':'USER','content':'x'}"),
                        422,
                        "unknown variant `USER`, expected one of `system`, `user`, `assistant`, `tool` at line 1"),
                rule(
                        Rule.NO_REASONING_BACK,
                        R1,
                        "deepseek-reasoner",
                        chat(USER, assistant(""), USER),
                        chat(USER, assistant(REASONING), USER),
                        400,
                        "Please remove the reasoning_content"),
                rule(
                        Rule.NO_REASONING_BACK,
                        V3_1,
                        "deepseek-reasoner",
                        chat(USER, assistant(""), USER),
                        chat(USER, assistant(",'reasoning_content':''"), USER),
                        400,
                        "Please remove the reasoning_content"),
                rule(
                        Rule.REASONING_WITHIN_TURN,
                        V3_2,
                        "deepseek-reasoner",
                        chat(USER, call(",'reasoning_content':''"), RESULT),
                        chat(USER, call(""), RESULT),
                        400,
                        "Missing `reasoning_content` field in the assistant message at message index 1"),
                rule(
                        Rule.REASONING_ON_TOOL_TURNS,
                        V4,
                        "deepseek-v4-flash",
                        chat(USER, call(REASONING), RESULT, assistant(REASONING), USER, assistant(""), USER),
                        chat(USER, call(""), RESULT, assistant(""), USER),
                        400,
                        "must be passed back to the API"),
                rule(
                        Rule.REASONING_WITH_TOOLS,
                        V4_0731,
                        "deepseek-v4-flash",
                        chat(USER, assistant(""), USER),
                        chat(USER, assistant(""), USER) + "," + TOOL,
                        400,
                        "must be passed back to the API"),
                rule(
                        Rule.REASONING_WITH_TOOLS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER, assistant(REASONING), USER) + "," + TOOL,
                        chat(USER, assistant(""), USER) + "," + TOOL,
                        400,
                        "must be passed back to the API"),
                rule(
                        Rule.PREFIX_ON_BETA,
                        V4_1,
                        "deepseek-flash",
                        chat(USER),
                        chat(USER, assistant(",'prefix':true")),
                        400,
                        "beta api"),
                rule(
                        Rule.IMAGES,
                        V4,
                        "deepseek-v4-flash",
                        chat(USER),
                        chat("{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:'}}]}"),
                        400,
                        "messages[0]: unknown variant `image_url`, expected `text` at line 1 column 117"),
                rule(
                        Rule.IMAGES,
                        R1,
                        "deepseek-chat",
                        chat("{'role':'user','content':[{'type':'text','text':'Hi'}]}"),
                        chat("{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:'}}]}"),
                        422,
                        "messages[0]: data did not match any variant of untagged enum ChatCompletionRequestContent"),
                rule(
                        Rule.NO_CONTENT_ARRAYS,
                        V3_2,
                        "deepseek-chat",
                        chat(USER, call(""), RESULT),
                        chat(USER, call(""), RESULT.replace("'x'", "[{'type':'text','text':'x'}]")),
                        400,
                        "messages[2]: invalid type: sequence, expected a string at line 1"),
                rule(
                        Rule.UNIQUE_CALL_IDS,
                        V4_1,
                        "deepseek-flash",
                        chat(
                                USER,
                                call(REASONING),
                                RESULT,
                                call(REASONING).replace("'1'", "'2'"),
                                RESULT.replace("'1'", "'2'")),
                        chat(USER, call(REASONING), RESULT, call(REASONING), RESULT),
                        400,
                        "Duplicate value for 'tool_call_id' of 1 in message[4]"),
                rule(
                        Rule.CALL_ARGUMENTS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER, call(REASONING), RESULT),
                        chat(USER, call(REASONING).replace("'{}'", "'{'"), RESULT),
                        400,
                        "messages[1].tool_calls"));
    }
}

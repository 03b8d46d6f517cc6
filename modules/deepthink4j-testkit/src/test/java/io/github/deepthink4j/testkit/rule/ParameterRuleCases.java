package io.github.deepthink4j.testkit.rule;

import static io.github.deepthink4j.testkit.rule.Generation.R1;
import static io.github.deepthink4j.testkit.rule.Generation.R1_0528;
import static io.github.deepthink4j.testkit.rule.Generation.V3_2;
import static io.github.deepthink4j.testkit.rule.Generation.V4;
import static io.github.deepthink4j.testkit.rule.Generation.V4_1;
import static io.github.deepthink4j.testkit.rule.RuleCase.TOOL;
import static io.github.deepthink4j.testkit.rule.RuleCase.USER;
import static io.github.deepthink4j.testkit.rule.RuleCase.body;
import static io.github.deepthink4j.testkit.rule.RuleCase.chat;
import static io.github.deepthink4j.testkit.rule.RuleCase.rule;
import static io.github.deepthink4j.testkit.rule.RuleCase.tools;

import java.util.stream.Stream;

/** Everything but the messages: docs/protocol.md, sections 1.2, 1.4, 2.2 and 5. */
final class ParameterRuleCases {

    private ParameterRuleCases() {}

    static Stream<RuleCase> cases() {
        return Stream.of(
                rule(
                        Rule.KNOWN_MODEL,
                        V4_1,
                        "deepseek-flash",
                        chat(USER),
                        body("deepseek-r9", chat(USER)),
                        400,
                        "The supported API model names are deepseek-flash, deepseek-v4-pro, but you passed"
                                + " deepseek-r9."),
                rule(
                        Rule.KNOWN_MODEL,
                        V4,
                        "deepseek-v4-pro",
                        chat(USER),
                        body("deepseek-flash", chat(USER)),
                        400,
                        "The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed"
                                + " deepseek-flash."),
                rule(
                        Rule.KNOWN_MODEL,
                        V3_2,
                        "deepseek-chat",
                        chat(USER),
                        body("deepseek-v4-pro", chat(USER)),
                        400,
                        "Model Not Exist"),
                rule(
                        Rule.CONTEXT_LENGTH,
                        V3_2,
                        "deepseek-chat",
                        chat("{'role':'user','content':'" + " no".repeat(122_000) + "'}") + ",'max_tokens':8192",
                        chat("{'role':'user','content':'" + " no".repeat(123_000) + "'}") + ",'max_tokens':8192",
                        400,
                        "This model's maximum context length is 131072 tokens. However, you requested"),
                rule(
                        Rule.TOOLS_SUPPORTED,
                        R1_0528,
                        "deepseek-reasoner",
                        chat(USER),
                        chat(USER) + "," + TOOL,
                        400,
                        "does not support Function Calling"),
                rule(
                        Rule.TOOL_LIMITS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + tools(128, "f"),
                        chat(USER) + "," + tools(129, "f"),
                        400,
                        "maximum length 128"),
                rule(
                        Rule.TOOL_LIMITS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + tools(1, "f".repeat(63)),
                        chat(USER) + "," + tools(1, "f".repeat(64)),
                        400,
                        "does not match pattern"),
                rule(
                        Rule.TOOL_LIMITS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + tools(2, "f"),
                        chat(USER) + "," + tools(2, "f").replace("f0", "f1"),
                        400,
                        "Tool names must be unique."),
                rule(
                        Rule.TOOL_CHOICE,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + TOOL + ",'tool_choice':'auto'",
                        chat(USER) + "," + TOOL + ",'tool_choice':'required'",
                        400,
                        "Thinking mode does not support this tool_choice"),
                rule(
                        Rule.TOOL_CHOICE,
                        V3_2,
                        "deepseek-reasoner",
                        chat(USER) + "," + TOOL + ",'tool_choice':'none'",
                        chat(USER) + "," + TOOL + ",'tool_choice':{'type':'function','function':{'name':'f'}}",
                        400,
                        "deepseek-reasoner does not support this tool_choice"),
                rule(
                        Rule.TOOL_CHOICE,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + "," + TOOL + ",'tool_choice':'required','thinking':{'type':'disabled'}",
                        chat(USER) + "," + TOOL + ",'tool_choice':'required','thinking':{'type':'enabled'}",
                        400,
                        "tool_choice"),
                rule(
                        Rule.TOOL_CHOICE,
                        V4_1,
                        "deepseek-chat",
                        chat(USER) + "," + TOOL + ",'tool_choice':'required','safety_check':{'level':'low'}",
                        chat(USER) + "," + TOOL + ",'tool_choice':'required','safety_check':{'level':'high'}",
                        400,
                        "safety_check does not support this tool_choice"),
                rule(
                        Rule.PARAMETER_KINDS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'safety_check':{'level':'high'}",
                        chat(USER) + ",'safety_check':{'level':'highest'}",
                        400,
                        "unknown variant `highest`"),
                rule(
                        Rule.RESPONSE_FORMAT,
                        R1,
                        "deepseek-reasoner",
                        chat(USER),
                        chat("{'role':'user','content':'json'}") + ",'response_format':{'type':'json_object'}",
                        400,
                        "Json Output"),
                rule(
                        Rule.RESPONSE_FORMAT,
                        V3_2,
                        "deepseek-chat",
                        chat("{'role':'user','content':'JSON'}") + ",'response_format':{'type':'json_object'}",
                        chat(USER) + ",'response_format':{'type':'json_schema'}",
                        422,
                        "response_format.type `json_schema` is unavailable now"),
                rule(
                        Rule.RESPONSE_FORMAT,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'response_format':{'type':'text'}",
                        chat(USER) + ",'response_format':{'type':'json_schema'}",
                        400,
                        "This response_format type is unavailable now"),
                rule(
                        Rule.WORD_JSON,
                        V4_1,
                        "deepseek-flash",
                        chat("{'role':'system','content':'Json!'}", USER) + ",'response_format':{'type':'json_object'}",
                        chat(USER) + ",'response_format':{'type':'json_object'}",
                        400,
                        "Prompt must contain the word 'json'"),
                rule(
                        Rule.LOGPROBS,
                        R1,
                        "deepseek-reasoner",
                        chat(USER) + ",'logprobs':false",
                        chat(USER) + ",'logprobs':true",
                        400,
                        "logprobs"),
                rule(
                        Rule.LOGPROBS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'logprobs':true,'top_logprobs':20",
                        chat(USER) + ",'top_logprobs':3",
                        400,
                        "logprobs must be set to true"),
                rule(
                        Rule.RANGES,
                        R1,
                        "deepseek-chat",
                        chat(USER) + ",'max_tokens':8192",
                        chat(USER) + ",'max_tokens':8193",
                        400,
                        "valid range of max_tokens is [1, 8192]"),
                rule(
                        Rule.RANGES,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'n':1,'temperature':2,'top_p':1",
                        chat(USER) + ",'n':2",
                        400,
                        "Invalid n value (currently only n = 1 is supported)"),
                rule(
                        Rule.RANGES,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'user_id':'" + "\u00fc".repeat(256) + "'",
                        chat(USER) + ",'user_id':'" + "\u00fc".repeat(256) + "x'",
                        400,
                        "at most 512 bytes"),
                rule(
                        Rule.TOOLS_SUPPORTED,
                        V4_1,
                        "deepseek-v4-pro",
                        chat(USER) + "," + TOOL,
                        chat(USER) + ",'tools':[{'type':'deepseek_web_search'}]",
                        400,
                        "does not support server tools"),
                rule(
                        Rule.PARAMETER_KINDS,
                        V4_1,
                        "deepseek-v4-pro",
                        chat("{'role':'user','content':[{'type':'image_url','image_url':{'url':'data:x'}}]}"),
                        chat("{'role':'user','content':[{'type':'file','file':{'file_id':'file-api-1'}}]}"),
                        400,
                        "unknown variant `file`, expected `text` or `image_url`"),
                rule(
                        Rule.THINKING_IS_OBJECT,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'thinking':{'type':'enabled'}",
                        chat(USER) + ",'thinking':true",
                        422,
                        "target type: thinking: invalid type: boolean `true`, expected struct ThinkingOptions"),
                rule(
                        Rule.PARAMETER_KINDS,
                        V4_1,
                        "deepseek-flash",
                        chat(USER) + ",'temperature':1",
                        chat(USER) + ",'temperature':'hot'",
                        400,
                        "Failed to deserialize the JSON body into the target type: temperature: invalid type: string"
                                + " \"hot\", expected f32 at line 1 column 89"));
    }
}

package io.github.deepthink4j.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deepthink4j.error.DeepSeekError;
import io.github.deepthink4j.error.ErrorDetails;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostWordsTest {

    private static String code(int status, String body) {
        HttpErrors.Asked asked = HttpErrorsTest.asked(65_536);
        RuntimeException error = status == 200
                ? HttpErrors.within(body, Map.of(), asked, ErrorDetails.NONE, Instant.EPOCH)
                : HttpErrors.of(status, Map.of(), body.getBytes(StandardCharsets.UTF_8), asked, Instant.EPOCH);
        return ((DeepSeekError) error).code();
    }

    /** As the hosts say it, with what stands around the words of the table. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
        403 | {"code":"INSUFFICIENT_BALANCE","message":"Insufficient account balance"} | insufficient_balance
        403 | {"code":30001,"message":"Sorry, your account balance is insufficient","data":null} | insufficient_balance
        403 | {"error":{"code":"AccountOverdueError","message":"The request failed because your account has an overdue balance.","type":"Forbidden"}} | insufficient_balance
        400 | {"error":{"code":"Arrearage","message":"Access denied, please make sure your account is in good standing."}} | insufficient_balance
        429 | {"error":{"message":"You exceeded your current quota, please check your plan and billing details.","code":"insufficient_quota"}} | insufficient_balance
        429 | {"error":{"code":"1113","message":"Your account is in arrears, please recharge and try again"}} | insufficient_balance
        403 | {"error":{"message":"\u7528\u6237\u989d\u5ea6\u4e0d\u8db3, \u5269\u4f59\u989d\u5ea6: \uffe50.00","type":"new_api_error","code":"insufficient_user_quota"}} | insufficient_balance
        412 | {"error":{"message":"Account x is suspended, possibly due to reaching the monthly spending limit or failure to pay past invoices.","code":"PRECONDITION_FAILED"}} | insufficient_balance
        429 | {"error":{"message":"Your current concurrency is 40, which exceeds your concurrency limit of 39 based on your remaining balance. Please top up your balance to restore your concurrency."}} | rate_limit
        429 | {"error":{"code":"insufficient_quota","message":"You exceeded your current quota, see https://help.aliyun.com/zh/model-studio/error-code#token-limit"}} | rate_limit
        429 | {"error":{"code":"Throttling.AllocationQuota","message":"Allocated quota exceeded, please increase your quota limit."}} | rate_limit
        403 | {"error":{"message":"Forbidden"}} | invalid_api_key
        400 | {"error":{"message":"The supported API model names are deepseek-v4-pro or deepseek-v4-flash, but you passed deepseek-chat."}} | unknown_model
        400 | {"code":20012,"message":"Model does not exist. Please check it carefully.","data":null} | unknown_model
        400 | {"error":{"message":"some/model is not a valid model ID","code":400}} | unknown_model
        404 | {"object":"error","message":"The model `x` does not exist.","type":"NotFoundError","code":404} | unknown_model
        400 | {"error":{"message":"The model `x` has been decommissioned and is no longer supported.","code":"model_decommissioned"}} | unknown_model
        503 | {"error":{"message":"\u5f53\u524d\u5206\u7ec4 default \u4e0b\u5bf9\u4e8e\u6a21\u578b x \u65e0\u53ef\u7528\u6e20\u9053","type":"new_api_error"}} | unknown_model
        503 | {"error":{"code":"model_not_found","message":"No available channel for model x under group default"}} | unknown_model
        400 | {"error":"model 'x' not found"} | unknown_model
        400 | {"error":{"code":400,"message":"request (9000 tokens) exceeds the available context size (8192 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":8192}} | context_too_long
        500 | {"error":{"code":500,"message":"Context size has been exceeded.","type":"server_error"}} | context_too_long
        400 | {"error":{"message":"This model's maximum context length is 8192 tokens. However, you requested 0 output tokens and your prompt contains at least 9000 input tokens.","code":400}} | context_too_long
        400 | {"object":"error","message":"The decoder prompt (length 10127) is longer than the maximum model length of 8192.","code":400} | context_too_long
        400 | {"object":"error","message":"The input (61709 tokens) is longer than the model's context length (40960 tokens).","type":"BadRequestError","code":400} | context_too_long
        400 | {"error":{"message":"Input length (160062 tokens) exceeds the maximum allowed length (59862 tokens)."}} | context_too_long
        400 | {"error":"prompt too long; exceeded max context length by 17 tokens"} | context_too_long
        400 | {"error":"Trying to keep the first 9000 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough."} | context_too_long
        422 | {"error":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 20 `max_new_tokens`","error_type":"validation"} | context_too_long
        400 | {"error":{"message":"The prompt is too long.","type":"invalid_request_error","code":"context_length_exceeded"}} | context_too_long
        400 | {"code":20015,"message":"length of prompt_tokens (68957) must be less than max_seq_len (65536).","data":null} | context_too_long
        400 | {"error":{"message":"<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 98304]","code":"invalid_parameter_error"}} | context_too_long
        400 | {"error":{"code":"InvalidParameter","message":"Total tokens of image and text exceed max message tokens."}} | context_too_long
        400 | {"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"{\\"error\\":{\\"message\\":\\"This model's maximum context length is 163840 tokens.\\"}}","provider_name":"X"}}} | context_too_long
        400 | {"error":{"message":"Content Exists Risk"}} | content_refused
        400 | {"error":{"code":"data_inspection_failed","message":"Output data may contain inappropriate content."}} | content_refused
        400 | {"code":"DataInspectionFailed","message":"Input or output data may contain inappropriate content.","request_id":"x"} | content_refused
        400 | {"error":{"code":"InputTextSensitiveContentDetected","message":"The request failed because the input text may contain sensitive information."}} | content_refused
        400 | {"error":{"code":"OutputTextRiskDetection","message":"The request could not be processed"}} | content_refused
        400 | {"error":{"code":"1301","message":"System detected potentially unsafe or sensitive content in input or generation."}} | content_refused
        400 | {"error":{"type":"content_filter","message":"The request was rejected because it was considered high risk"}} | content_refused
        403 | {"error":{"code":403,"message":"Your chosen model requires moderation and your input was flagged","metadata":{"reasons":["x"]}}} | content_refused
        400 | {"error":{"code":"InvalidParameter","message":"max_tokens 65536 exceeds the maximum 32768"}} | request_rejected
        400 | {"error":{"message":"Range of max_tokens should be [1, 8192]"}} | request_rejected
        403 | {"error":{"message":"user quota is not enough (request id: 2025)","type":"one_api_error"}} | insufficient_balance
        401 | {"error":{"message":"\u8be5\u4ee4\u724c\u989d\u5ea6\u5df2\u7528\u5c3d (request id: 2026)","type":"one_api_error"}} | insufficient_balance
        403 | {"error":{"type":"new_api_error","message":"token quota is not enough, token remain quota: \uff040.019310, need quota: \uff040.769410","code":""},"type":"error"} | insufficient_balance
        403 | {"code":403,"reason":"NOT_ENOUGH_BALANCE","message":"not enough balance","metadata":{}} | insufficient_balance
        403 | {"error":"Your newly created team doesn't have any credits or licenses yet. You can purchase those on https://console.x.ai/"} | insufficient_balance
        403 | {"code":"The caller does not have permission","error":"Your newly created teams doesn't have any credits yet."} | insufficient_balance
        429 | {"error":{"code":"account_overdue","message":"Account arrears","type":"x"}} | insufficient_balance
        429 | {"error":{"message":"Budget has been exceeded! Current cost: 15.07, Max budget: 15.0","type":"budget_exceeded","param":null,"code":"429"}} | insufficient_balance
        400 | {"error":{"message":"ExceededBudget: User=u over budget. Spend=1.2, Budget=1.0","type":"auth_error","code":"400"}} | insufficient_balance
        403 | {"error":{"code":"AllocationQuota.FreeTierOnly","message":"The free tier of the model has been exhausted."}} | insufficient_balance
        429 | {"error":{"code":"billing_not_active","message":"Your account is not active, please check your billing details on our website."}} | insufficient_balance
        403 | {"error":{"message":"Key limit exceeded (total limit). Manage it using https://openrouter.ai/settings/keys","code":403}} | insufficient_balance
        200 | {"error":{"message":"Insufficient credits. Add more using https://openrouter.ai/settings/credits","code":402}} | insufficient_balance
        200 | {"error":{"code":"1309","message":"Your package has expired"}} | insufficient_balance
        200 | {"error":{"code":"1000","message":"Authentication Failed"}} | invalid_api_key
        200 | {"error":{"code":"1001","message":"Authentication parameter not received in Header, unable to authenticate"}} | invalid_api_key
        200 | {"error":{"code":"1002","message":"Invalid Authentication Token, please confirm the correct transmission of the Authentication Token"}} | invalid_api_key
        200 | {"error":{"code":"1003","message":"Authentication Token expired, please regenerate/obtain"}} | invalid_api_key
        200 | {"error":{"code":"1000","message":"\u8eab\u4efd\u9a8c\u8bc1\u5931\u8d25\u3002"}} | invalid_api_key
        200 | {"success":false,"message":"\u65e0\u6548\u7684\u4ee4\u724c"} | invalid_api_key
        200 | {"error":{"message":"Authentication Fails (no such user)"}} | invalid_api_key
        200 | {"error":{"message":"Invalid Authentication","type":"invalid_authentication_error"}} | invalid_api_key
        400 | {"code":"Client specified an invalid argument","error":"Incorrect API key provided: xa***yz."} | invalid_api_key
        400 | {"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}} | invalid_api_key
        400 | {"error":{"message":"Unexpected token in JSON: invalid token"}} | request_rejected
        200 | {"base_resp":{"status_code":1000,"status_msg":"unknown error"}} | stream_error
        400 | {"error":{"message":"You passed 40961 input tokens and requested 1 output tokens. However, the model's context length is only 40960 tokens, resulting in a maximum input length of 40959 tokens.","type":"BadRequestError","param":"input_tokens","code":400}} | context_too_long
        400 | {"error":{"message":"Requested tokens (5120) exceed context window of 4096"}} | context_too_long
        500 | {"error":{"message":"Requested tokens (5120) exceed context window of 4096","type":"internal_server_error","param":null,"code":null}} | context_too_long
        400 | {"error":{"message":"Prompt tokens (9000) exceeds context size (4096)","code":"context_exceeded","type":"invalid_request_error"}} | context_too_long
        500 | prompt exceeds context | context_too_long
        400 | {"error":{"message":"litellm.ContextWindowExceededError: litellm.BadRequestError: too much","type":null,"code":"400"}} | context_too_long
        400 | {"error":{"message":"prompt token count of 391491 exceeds the limit of 128000","code":"model_max_prompt_tokens_exceeded"}} | context_too_long
        400 | {"type":"error","error":{"type":"invalid_request_error","message":"invalid params, context window exceeds limit (2013)"}} | context_too_long
        200 | {"base_resp":{"status_code":2013,"status_msg":"invalid params, context window exceeds limit"}} | context_too_long
        400 | {"error":{"message":"Requested generation length 1 is not possible! The provided prompt is 9000 tokens long, so generating 1 tokens requires a sequence length of 9001, but the maximum supported sequence length is just 8192!"}} | context_too_long
        400 | {"error":{"message":"The input token length 40000 is too long. Max 32768"}} | context_too_long
        400 | {"error":{"message":"This model's maximum prompt length is 131072 but the request contains 537812 tokens"}} | context_too_long
        400 | {"error":{"message":"Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 300000 tokens."}} | context_too_long
        400 | {"error":{"message":"Input length 40000 exceeds the maximum allowed input length of 32768 tokens."}} | context_too_long
        400 | {"error":{"message":"\u4e0a\u4e0b\u6587\u957f\u5ea6\u8d85\u51fa\u6a21\u578b\u6700\u5927\u9650\u5236"}} | context_too_long
        400 | {"error":{"message":"\u8d85\u51fa\u6700\u5927\u4e0a\u4e0b\u6587\u957f\u5ea6"}} | context_too_long
        400 | {"error":{"message":"Failed to call a function. Please adjust your prompt. See 'failed_generation' for more details.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"<function=x>{"}} | malformed_answer
        200 | {"error":{"message":"Failed to call a function. Please adjust your prompt.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"x","status_code":400}} | malformed_answer
        400 | {"error":{"message":"tool call validation failed: attempted to call tool 'x' which was not in request.tools","type":"invalid_request_error"}} | malformed_answer
        400 | {"error":{"message":"Failed to generate JSON. Please adjust your prompt.","type":"invalid_request_error","code":"json_validate_failed"}} | malformed_answer
        400 | {"message":"Failed to generate tool_calls. Exception: Failed to generate tool call but tool_choice = 'required'.","type":"generation_error","code":"parser_error"} | malformed_answer
        500 | {"error":{"message":"error parsing tool call: raw='{', err=unexpected end of JSON input"}} | malformed_answer
        400 | {"error":{"message":"Invalid 'tools': a function needs a name","type":"invalid_request_error"}} | request_rejected
        400 | {"code":20015,"message":"input length too long","data":null} | context_too_long
        400 | {"error":{"code":"InvalidParameter","message":"Input length 140000 exceeds the maximum length 131072."}} | context_too_long
        403 | {"error":{"message":"Your account org-1 is suspended, please check your plan and billing details","type":"permission_denied_error"}} | insufficient_balance
        422 | {"detail":[{"loc":["body"],"msg":"field required","input":"Content Exists Risk"}]} | request_rejected
        """)
    void should_understand_what_hosts_say(int status, String body, String code) {
        assertThat(code(status, body)).isEqualTo(code);
    }

    static Stream<HostWords> rows() {
        return HostWordsTable.ROWS.stream();
    }

    /** No row is hidden by one before it that means something else. */
    @ParameterizedTest
    @MethodSource("rows")
    void should_find_each_row_by_its_own_words(HostWords row) {
        String words = row.words().replace("*", " x ");
        String body = words.startsWith("code:")
                ? "{\"error\":{\"code\":\"" + words.substring(5).replace(" x ", "") + "\"}}"
                : words;

        assertThat(HostWords.meaning(ServerWords.of(body))).contains(row.meaning());
        assertThat(row.words()).isEqualTo(row.words().toLowerCase(Locale.ROOT));
        assertThat(row.host()).isNotBlank();
        assertThat(row.source()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../docs/hosts.md", "../../docs/zh/hosts.md"})
    void should_show_the_table_in_the_docs(String page) throws IOException {
        List<String> shown = Files.readAllLines(Path.of(page)).stream()
                .filter(line -> line.matches("\\| [^|]+ \\| `[^|]+` \\| `\\w+` \\| [^|]+ \\|"))
                .toList();

        assertThat(shown)
                .containsExactlyElementsOf(
                        HostWordsTable.ROWS.stream().map(HostWordsTest::line).toList());
    }

    private static String line(HostWords row) {
        String words = row.words().contains("`") ? "`` " + row.words() + " ``" : "`" + row.words() + "`";
        return "| " + row.host() + " | " + words + " | `" + documented(row.meaning()) + "` | " + row.source() + " |";
    }

    private static String documented(Meaning meaning) {
        return switch (meaning) {
            case KEY -> "invalid_api_key";
            case BALANCE -> "insufficient_balance";
            case MODEL -> "unknown_model";
            case CONTEXT -> "context_too_long";
            case CONTENT -> "content_refused";
            case SLIP -> "malformed_answer";
            case RATE -> "rate_limit";
            case OVERLOAD -> "server_overloaded";
            case FAULT -> "server_fault";
            case WAITED -> "timeout_server";
            case REJECTED -> "request_rejected";
            case UNKNOWN -> "stream_error";
        };
    }

    @Test
    void should_let_an_asterisk_stand_for_a_name_and_no_more() {
        assertThat(code(400, "the model has a fault. " + "x".repeat(300) + " does not exist"))
                .isEqualTo("request_rejected");
    }

    @Test
    void should_find_words_wherever_they_stand() {
        String preface = "Some gateway has much to say before. ".repeat(20);

        assertThat(code(400, preface + "Content Exists Risk")).isEqualTo("content_refused");
        assertThat(code(400, preface + "input token count " + "1".repeat(199) + "exceeds the maximum"))
                .isEqualTo("context_too_long");
        assertThat(code(400, preface + "input token count " + "1".repeat(200) + "exceeds the maximum"))
                .isEqualTo("request_rejected");
    }
}

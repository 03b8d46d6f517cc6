package io.github.deepthink4j.internal.http;

import static io.github.deepthink4j.internal.http.Meaning.BALANCE;
import static io.github.deepthink4j.internal.http.Meaning.CONTENT;
import static io.github.deepthink4j.internal.http.Meaning.CONTEXT;
import static io.github.deepthink4j.internal.http.Meaning.FAULT;
import static io.github.deepthink4j.internal.http.Meaning.KEY;
import static io.github.deepthink4j.internal.http.Meaning.MODEL;
import static io.github.deepthink4j.internal.http.Meaning.OVERLOAD;
import static io.github.deepthink4j.internal.http.Meaning.RATE;
import static io.github.deepthink4j.internal.http.Meaning.REJECTED;
import static io.github.deepthink4j.internal.http.Meaning.WAITED;

import java.util.List;
import java.util.Optional;

/**
 * The words by which hosts say what their statuses do not: one row for each host and wording, with where it was read. Looked
 * through from the top, so that what merely sounds like something else stands before it. docs/hosts.md shows the same table.
 *
 * @param host    whose words they are
 * @param words   in lower case; {@code *} stands for anything, and {@code code:} before it for one of the error's codes or types
 * @param meaning what they mean
 * @param source  where they were read
 */
record HostWords(String host, String words, Meaning meaning, String source) {

    private static final String CODE = "code:";

    /** What an asterisk may stand for: a name, and no other sentence. */
    private static final int MOST_BETWEEN = 200;

    private static final String ALIYUN = "help.aliyun.com/en/model-studio/error-code";
    private static final String ARK = "volcengine.com/docs/82379/1299023";
    private static final String KIMI = "platform.kimi.ai/docs/api/errors";
    private static final String ZAI = "docs.z.ai/api-reference/api-code";
    private static final String OPENAI = "platform.openai.com/docs/guides/error-codes";
    private static final String ROUTER = "openrouter.ai/docs/api/reference/errors-and-debugging";
    private static final String ONE_API = "docs.aihubmix.com/cn/FAQs/HTTP-Codes";
    private static final String BAIDU = "cloud.baidu.com/doc/WENXINWORKSHOP/s/tlmyncueh";
    private static final String MINIMAX = "platform.minimax.io/docs/api-reference/errorcode";
    private static final String CLAUDE = "docs.anthropic.com/en/api/errors";

    static final List<HostWords> TABLE = List.of(
            // A limit in time, although it speaks of balance or quota.
            row("DeepSeek", "exceeds your concurrency limit", RATE, "docs/protocol.md, section 3"),
            row("DashScope", "error-code#token-limit", RATE, ALIYUN),
            row("DashScope", "code:throttling.allocationquota", RATE, ALIYUN),
            row("DashScope", "allocated quota exceeded", RATE, ALIYUN),
            row(
                    "Gemini",
                    "exceeded your current quota*please retry in",
                    RATE,
                    "ai.google.dev/gemini-api/docs/rate-limits"),
            // An empty account.
            row("DeepSeek", "insufficient balance", BALANCE, "docs/protocol.md, section 3"),
            row("SiliconFlow", "account balance is insufficient", BALANCE, "docs.siliconflow.cn/cn/faqs/error-code"),
            row("gateways", "insufficient account balance", BALANCE, "github.com/Wei-Shaw/sub2api/issues/890"),
            row("gateways", "code:insufficient_balance", BALANCE, "github.com/Wei-Shaw/sub2api/issues/890"),
            row("Volcengine Ark", "code:accountoverdueerror", BALANCE, ARK),
            row("Volcengine Ark", "account has an overdue balance", BALANCE, ARK),
            row("DashScope", "code:arrearage", BALANCE, ALIYUN),
            row("DashScope", "make sure your account is in good standing", BALANCE, ALIYUN),
            row("OpenAI", "code:insufficient_quota", BALANCE, OPENAI),
            row("OpenAI", "exceeded your current quota", BALANCE, OPENAI),
            row("OpenAI", "code:billing_hard_limit_reached", BALANCE, OPENAI),
            row("OpenRouter", "insufficient credits", BALANCE, ROUTER),
            row("Moonshot", "code:exceeded_current_quota_error", BALANCE, KIMI),
            row("Zhipu", "code:1113", BALANCE, ZAI),
            row("Zhipu", "your account is in arrears", BALANCE, ZAI),
            row("Zhipu, gateways", "\u4f59\u989d\u4e0d\u8db3", BALANCE, ZAI),
            row("one-api, new-api", "code:insufficient_user_quota", BALANCE, ONE_API),
            row(
                    "one-api, new-api",
                    "code:pre_consume_token_quota_failed",
                    BALANCE,
                    "doc.tokendog.io/zh/api-reference/guide/error-codes"),
            row("one-api, new-api", "\u989d\u5ea6\u4e0d\u8db3", BALANCE, ONE_API),
            row("Anthropic", "credit balance is too low", BALANCE, CLAUDE),
            row("Fireworks", "suspended*spending limit", BALANCE, "github.com/pollinations/pollinations/issues/12136"),
            row("xAI", "used all available credits", BALANCE, "public logs of xAI's 403 and 429"),
            // A model that the host does not have.
            row("DeepSeek", "model not exist", MODEL, "docs/protocol.md, section 12"),
            row("DeepSeek", "supported api model names are", MODEL, "docs/protocol.md, section 12"),
            row("SiliconFlow", "model does not exist", MODEL, "docs.siliconflow.com/en/faqs/error-code"),
            row("SiliconFlow", "model disabled", MODEL, "docs.siliconflow.com/en/faqs/error-code"),
            row("OpenAI, new-api, Groq", "code:model_not_found", MODEL, OPENAI),
            row(
                    "vLLM, OpenAI, Groq",
                    "the model * does not exist",
                    MODEL,
                    "github.com/continuedev/continue/issues/10166"),
            row("vLLM, OpenAI, Groq", "model '*' does not exist", MODEL, "github.com/chenyme/grok2api/issues/571"),
            row("Groq", "code:model_decommissioned", MODEL, "github.com/RightNow-AI/openfang/issues/60"),
            row("Groq", "has been decommissioned", MODEL, "github.com/RightNow-AI/openfang/issues/60"),
            row("OpenRouter", "is not a valid model id", MODEL, "github.com/maxnowack/anthropic-proxy/issues/4"),
            row("OpenRouter", "no endpoints found for", MODEL, ROUTER),
            row("Ollama", "not found, try pulling it first", MODEL, "github.com/ollama/ollama, server/routes.go"),
            row("Ollama, llama.cpp", "model '*' not found", MODEL, "github.com/ollama/ollama, server/routes.go"),
            row(
                    "Fireworks",
                    "model not found",
                    MODEL,
                    "docs.fireworks.ai/troubleshooting/status_error_codes/inference_error_code"),
            row("Together", "unable to access model", MODEL, "public logs of Together's 404"),
            row("Together", "code:model_not_available", MODEL, "public logs of Together's 404"),
            row("Azure", "code:deploymentnotfound", MODEL, "public logs of Azure's 404"),
            row("Azure, GitHub", "code:unknown_model", MODEL, "public logs of GitHub's 400"),
            row("Volcengine Ark", "code:invalidendpointormodel.notfound", MODEL, ARK),
            row("Volcengine Ark", "the model or endpoint * does not exist", MODEL, ARK),
            row("Volcengine Ark", "code:modelnotopen", MODEL, ARK),
            row("Zhipu", "code:1211", MODEL, ZAI),
            row("Zhipu, gateways", "\u6a21\u578b\u4e0d\u5b58\u5728", MODEL, ZAI),
            row("Moonshot", "not found the model", MODEL, "www.kimi.com/code/docs/en/kimi-code/error-reference.html"),
            row(
                    "one-api, new-api",
                    "\u65e0\u53ef\u7528\u6e20\u9053",
                    MODEL,
                    "github.com/songquanpeng/one-api/issues/2223"),
            row("new-api", "no available channel for model", MODEL, "public logs of new-api's 503"),
            row("LiteLLM", "invalid model name passed in", MODEL, "public logs of LiteLLM's 400"),
            // A conversation that is too long.
            row(
                    "OpenAI, Azure, Groq",
                    "code:context_length_exceeded",
                    CONTEXT,
                    "github.com/chathub-dev/chathub/issues/126"),
            row(
                    "DeepSeek, vLLM, OpenRouter",
                    "maximum context length",
                    CONTEXT,
                    "github.com/stackblitz-labs/bolt.diy/issues/227"),
            row("OpenAI", "context length exceeded", CONTEXT, OPENAI),
            row("OpenAI", "exceeds the context window", CONTEXT, OPENAI),
            row("llama.cpp", "code:exceed_context_size_error", CONTEXT, "github.com/janhq/jan/issues/8655"),
            row("llama.cpp", "exceeds the available context size", CONTEXT, "github.com/janhq/jan/issues/8655"),
            row("llama.cpp", "context size has been exceeded", CONTEXT, "github.com/janhq/jan/issues/8646"),
            row("vLLM", "longer than the maximum model length", CONTEXT, "github.com/Gabesarch/grounded-rl/issues/16"),
            row("vLLM", "maximum model length is", CONTEXT, "github.com/vllm-project/vllm/issues/33418"),
            row(
                    "SGLang, Together",
                    "longer than the model's context length",
                    CONTEXT,
                    "github.com/QwenLM/Qwen3/issues/1321"),
            row(
                    "SGLang",
                    "input length (*exceeds the maximum allowed length",
                    CONTEXT,
                    "github.com/sgl-project/sglang/issues/4048"),
            row("SGLang", "exceeds the model's maximum context", CONTEXT, "github.com/sgl-project/sglang/issues/4048"),
            row("Ollama", "exceeded max context length", CONTEXT, "public logs of Ollama's 400"),
            row("Ollama", "exceeds the context length", CONTEXT, "public logs of Ollama's 400 and 500"),
            row(
                    "LM Studio",
                    "context length of only",
                    CONTEXT,
                    "github.com/lmstudio-ai/lmstudio-bug-tracker/issues/546"),
            row(
                    "LM Studio",
                    "greater than the context length",
                    CONTEXT,
                    "github.com/openxjarvis/pi-mono-python, overflow.py"),
            row(
                    "LM Studio",
                    "reached context length of",
                    CONTEXT,
                    "github.com/lmstudio-ai/lmstudio-bug-tracker/issues/1024"),
            row(
                    "TGI, Together",
                    "`inputs` tokens + `max_new_tokens` must be <=",
                    CONTEXT,
                    "github.com/huggingface/text-generation-inference/issues/628"),
            row(
                    "TGI",
                    "`inputs` must have less than",
                    CONTEXT,
                    "github.com/huggingface/text-generation-inference/issues/695"),
            row("OpenAI, Fireworks", "prompt is too long", CONTEXT, "github.com/earendil-works/pi/issues/5930"),
            row("DashScope", "range of input length should be", CONTEXT, ALIYUN),
            row("SiliconFlow", "must be less than max_seq_len", CONTEXT, "github.com/chatboxai/chatbox/issues/2060"),
            row("Volcengine Ark", "exceed max message tokens", CONTEXT, "public logs of Ark's 400"),
            row("Moonshot", "exceeded model token limit", CONTEXT, KIMI),
            row("Moonshot", "input token length too long", CONTEXT, KIMI),
            row("Zhipu", "code:1261", CONTEXT, ZAI),
            row("Zhipu", "prompt \u8d85\u957f", CONTEXT, ZAI),
            row(
                    "Zhipu",
                    "tokens in request more than max tokens allowed",
                    CONTEXT,
                    "github.com/anomalyco/opencode/pull/35671"),
            row(
                    "Groq",
                    "reduce the length of the messages",
                    CONTEXT,
                    "github.com/openxjarvis/pi-mono-python, overflow.py"),
            row(
                    "Gemini",
                    "input token count*exceeds the maximum",
                    CONTEXT,
                    "github.com/google-gemini/gemini-cli/issues/4692"),
            row("Bedrock", "input is too long", CONTEXT, "github.com/openxjarvis/pi-mono-python, overflow.py"),
            row("Anthropic", "exceed context limit", CONTEXT, "github.com/stackblitz/bolt.new/issues/7414"),
            row("Baidu Qianfan", "max length of current question", CONTEXT, BAIDU),
            row("Baidu Qianfan", "prompt tokens too long", CONTEXT, BAIDU),
            // What a filter has refused.
            row("DeepSeek", "content exists risk", CONTENT, "github.com/666ghj/BettaFish/issues/108"),
            row(
                    "OpenAI, Azure, Moonshot",
                    "code:content_filter",
                    CONTENT,
                    "github.com/openai/openai-python/issues/331"),
            row("Azure", "content management policy", CONTENT, "github.com/openai/openai-python/issues/331"),
            row("Azure", "code:responsibleaipolicyviolation", CONTENT, "github.com/Gitlawb/openclaude/issues/273"),
            row("Azure", "content filter", CONTENT, "github.com/openai/openai-python/issues/331"),
            row("OpenAI, OpenRouter", "code:content_policy_violation", CONTENT, OPENAI),
            row("OpenRouter", "requires moderation", CONTENT, ROUTER),
            row("OpenRouter", "input was flagged", CONTENT, ROUTER),
            row("DashScope", "code:datainspectionfailed", CONTENT, ALIYUN),
            row("DashScope", "code:data_inspection_failed", CONTENT, ALIYUN),
            row("DashScope", "inappropriate content", CONTENT, ALIYUN),
            row("Volcengine Ark", "code:*sensitivecontentdetected*", CONTENT, "volcengine.com/docs/82379/1099476"),
            row("Volcengine Ark", "code:*riskdetection*", CONTENT, "volcengine.com/docs/82379/1099476"),
            row(
                    "Volcengine Ark, Huawei",
                    "contain sensitive information",
                    CONTENT,
                    "volcengine.com/docs/82379/1099476"),
            row("Volcengine Ark", "includes sensitive content", CONTENT, "volcengine.com/docs/82379/1099476"),
            row("Moonshot", "considered high risk", CONTENT, KIMI),
            row("Zhipu", "code:1301", CONTENT, ZAI),
            row("Zhipu", "unsafe or sensitive content", CONTENT, ZAI),
            row("Zhipu, gateways", "\u654f\u611f\u5185\u5bb9", CONTENT, ZAI),
            row(
                    "new-api",
                    "code:sensitive_words_detected",
                    CONTENT,
                    "doc.tokendog.io/zh/api-reference/guide/error-codes"),
            row("new-api", "code:prompt_blocked", CONTENT, "doc.tokendog.io/zh/api-reference/guide/error-codes"),
            row("MiniMax", "new_sensitive", CONTENT, MINIMAX),
            // What counts only where there is no status: within a 200.
            row("OpenAI", "code:rate_limit_exceeded", RATE, OPENAI),
            row("Anthropic", "code:rate_limit_error", RATE, CLAUDE),
            row("Moonshot", "code:rate_limit_reached_error", RATE, KIMI),
            row("Volcengine Ark", "code:ratelimitexceeded*", RATE, ARK),
            row("DashScope", "code:throttling*", RATE, ALIYUN),
            row("DashScope", "code:limit_requests", RATE, ALIYUN),
            row("OpenAI", "code:too_many_requests", RATE, OPENAI),
            row("Volcengine Ark", "code:toomanyrequests", RATE, ARK),
            row("Gemini", "code:resource_exhausted", RATE, "ai.google.dev/gemini-api/docs/troubleshooting"),
            row("Zhipu", "code:1302", RATE, ZAI),
            row("Baidu Qianfan", "request limit reached", RATE, BAIDU),
            row("MiniMax", "code:1039", RATE, MINIMAX),
            row("any", "rate limit", RATE, "github.com/Aider-AI/aider/issues/3550"),
            row("any", "too many requests", RATE, "datatracker.ietf.org/doc/html/rfc6585"),
            row("Anthropic", "code:overloaded_error", OVERLOAD, CLAUDE),
            row("Moonshot", "code:engine_overloaded_error", OVERLOAD, KIMI),
            row("Volcengine Ark", "code:serveroverloaded", OVERLOAD, ARK),
            row(
                    "llama.cpp",
                    "code:unavailable_error",
                    OVERLOAD,
                    "github.com/ggml-org/llama.cpp, tools/server/README.md"),
            row("SGLang", "request queue is full", OVERLOAD, "github.com/anomalyco/opencode/issues/40254"),
            row("SiliconFlow", "system is too busy", OVERLOAD, "docs.siliconflow.cn/cn/faqs/error-code"),
            row("SiliconFlow", "code:50505", OVERLOAD, "docs.siliconflow.cn/cn/faqs/error-code"),
            row("Zhipu", "code:1305", OVERLOAD, ZAI),
            row("Baidu Qianfan", "code:336100", OVERLOAD, BAIDU),
            row("Baidu Qianfan", "service temporarily unavailable", OVERLOAD, BAIDU),
            row("any", "overloaded", OVERLOAD, CLAUDE),
            row("any", "service unavailable", OVERLOAD, "datatracker.ietf.org/doc/html/rfc9110"),
            row("Anthropic", "code:authentication_error", KEY, CLAUDE),
            row("OpenAI", "code:invalid_api_key", KEY, OPENAI),
            row("DashScope", "code:invalidapikey", KEY, ALIYUN),
            row("Volcengine Ark", "code:authenticationerror", KEY, ARK),
            row("Anthropic", "code:permission_error", KEY, CLAUDE),
            row("Baidu Qianfan", "access token invalid", KEY, BAIDU),
            row("Baidu Qianfan", "access token expired", KEY, BAIDU),
            row("Baidu Qianfan", "iam certification failed", KEY, BAIDU),
            row("MiniMax, Zhipu", "code:1004", KEY, MINIMAX),
            row("MiniMax", "code:2049", KEY, MINIMAX),
            row("MiniMax", "login fail", KEY, MINIMAX),
            row("any", "invalid api key", KEY, OPENAI),
            row("MiniMax", "request timeout", WAITED, MINIMAX),
            row("Anthropic", "code:timeout_error", WAITED, CLAUDE),
            row("OpenAI", "code:server_error", FAULT, OPENAI),
            row("OpenAI", "code:internal_server_error", FAULT, OPENAI),
            row("vLLM", "code:internalservererror", FAULT, "github.com/vllm-project/vllm, vllm/entrypoints/openai"),
            row("DashScope", "code:internalerror*", FAULT, ALIYUN),
            row("Volcengine Ark", "code:internalserviceerror", FAULT, ARK),
            row("Anthropic", "code:api_error", FAULT, CLAUDE),
            row("any", "internal server error", FAULT, "datatracker.ietf.org/doc/html/rfc9110"),
            row("OpenAI", "code:invalid_request_error", REJECTED, OPENAI),
            row("vLLM", "code:badrequesterror", REJECTED, "github.com/QwenLM/Qwen3/issues/1321"),
            row("DashScope", "code:invalidparameter*", REJECTED, ALIYUN));

    private static HostWords row(String host, String words, Meaning meaning, String source) {
        return new HostWords(host, words, meaning, source);
    }

    /** What an error means, by the first row that has its words. */
    static Optional<Meaning> meaning(ServerWords said) {
        return TABLE.stream()
                .filter(row -> row.matches(said))
                .map(HostWords::meaning)
                .findFirst();
    }

    boolean matches(ServerWords said) {
        if (!words.startsWith(CODE)) {
            return contains(said.text(), words);
        }
        String code = words.substring(CODE.length());
        return said.codes().stream().anyMatch(own -> code.contains("*") ? contains(own, code) : own.equals(code));
    }

    /** Whether the parts between the asterisks stand in the text, one after the other. */
    private static boolean contains(String text, String pattern) {
        int from = 0;
        for (String part : pattern.split("\\*")) {
            int at = text.indexOf(part, from);
            if (at < 0 || (from > 0 && at - from > MOST_BETWEEN)) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }
}

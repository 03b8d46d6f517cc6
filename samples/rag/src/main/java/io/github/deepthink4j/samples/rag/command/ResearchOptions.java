package io.github.deepthink4j.samples.rag.command;

import io.github.deepthink4j.samples.rag.UsageException;
import io.github.deepthink4j.samples.rag.research.ResearchLimits;
import io.github.deepthink4j.samples.rag.screen.Words;
import java.math.BigDecimal;
import picocli.CommandLine.Option;

/** Whether models look for passages themselves, and how much may go into it. */
final class ResearchOptions {

    @Option(
            names = "--research",
            description = {
                "let the models search by themselves, several times if one passage leads to another: the reasoner",
                "plans and answers, the cheap model calls the tools",
                "让模型自己检索，需要时多次检索：推理模型规划并回答，便宜的模型调用工具"
            })
    boolean on;

    @Option(
            names = "--max-rounds",
            paramLabel = "N",
            description = {
                "with --research: rounds of tool calls for a question at most (default: " + ResearchLimits.ROUNDS + ")",
                "与 --research 一起使用：每个问题最多调用几轮工具"
            })
    Integer maxRounds;

    @Option(
            names = "--max-cost",
            paramLabel = "AMOUNT",
            description = {
                "with --research: when a question has cost so much, nothing more is searched for; the answer comes on",
                "top (default: 0.05 USD, on a Chinese screen 0.35 CNY)",
                "与 --research 一起使用：一个问题花费达到这个数额就不再检索，回答另计（默认 0.05 USD，中文界面 0.35 CNY）"
            })
    BigDecimal maxCost;

    ResearchLimits limits() {
        return ResearchLimits.of(maxRounds, maxCost);
    }

    /** What would be ignored otherwise is refused. */
    void check() {
        if (!on && (maxRounds != null || maxCost != null)) {
            throw new UsageException(Words.of(
                    "--max-rounds and --max-cost are for --research.", "--max-rounds 和 --max-cost 只用于 --research。"));
        }
        limits();
    }
}

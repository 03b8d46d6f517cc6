package io.github.deepthink4j.samples.rag.retrieval;

/** How a model is to answer from passages, however it has come by them: the end of its instructions. */
public final class AnswerRules {

    public static final String ENGLISH =
            """
            Answer from the passages alone, in the language of the question, briefly. After each sentence put the numbers \
            of the passages that it comes from in square brackets, such as [1] or [2][3].
            If passages contradict each other, say so and cite both; the newer one counts.
            If the passages do not hold the answer, reply with exactly this sentence: \
            """ + NotInTheseDocumentsException.SENTENCE + "\nTo a question in Chinese it is: "
                    + NotInTheseDocumentsException.IN_CHINESE;

    public static final String CHINESE =
            """
            只根据这些段落回答，使用提问的语言，力求简短。每句话之后用方括号写出所依据段落的编号，例如 [1] 或 [2][3]。
            如果段落之间相互矛盾，请指出并同时引用，以较新的为准。
            如果段落里没有答案，只回复这一句：\
            """ + NotInTheseDocumentsException.IN_CHINESE + "\n如果问题是英文，则回复：" + NotInTheseDocumentsException.SENTENCE;

    private AnswerRules() {}
}

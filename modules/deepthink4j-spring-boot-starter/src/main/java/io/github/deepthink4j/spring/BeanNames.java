package io.github.deepthink4j.spring;

/** The names of beans, by the name of a model. */
final class BeanNames {

    static final String MODELS = "deepSeekModels";
    static final String FIM = "deepSeekFimModels";
    static final String REACTIVE = "deepSeekReactiveModels";
    static final String COMBINED = "deepSeekCombinedModels";

    private BeanNames() {}

    static String chat(String model) {
        return model.equals(ModelBlocks.DEFAULT) ? "deepSeekChatModel" : model + "ChatModel";
    }

    static String streaming(String model) {
        return model.equals(ModelBlocks.DEFAULT) ? "deepSeekStreamingChatModel" : model + "StreamingChatModel";
    }

    static String fim(String model) {
        return model.equals(ModelBlocks.DEFAULT) ? "deepSeekFimModel" : model + "FimModel";
    }

    static String streamingFim(String model) {
        return model.equals(ModelBlocks.DEFAULT) ? "deepSeekStreamingFimModel" : model + "StreamingFimModel";
    }

    static String reactive(String model) {
        return model.equals(ModelBlocks.DEFAULT) ? "reactiveDeepSeekChatModel" : model + "ReactiveChatModel";
    }

    static String limit(String model) {
        return model.equals(ModelBlocks.DEFAULT) ? "deepSeekCallLimit" : model + "CallLimit";
    }
}

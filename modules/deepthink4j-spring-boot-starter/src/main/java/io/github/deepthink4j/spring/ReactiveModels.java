package io.github.deepthink4j.spring;

import io.github.deepthink4j.model.DeepSeekStreamingChatModel;
import io.github.deepthink4j.reactor.ReactiveDeepSeekChatModel;
import org.springframework.beans.factory.BeanFactory;

/** Builds the models for Reactor, each over the streaming one of the same name. */
final class ReactiveModels {

    private final BeanFactory beans;

    ReactiveModels(BeanFactory beans) {
        this.beans = beans;
    }

    ReactiveDeepSeekChatModel reactiveChatModel(String name) {
        return ReactiveDeepSeekChatModel.from(
                beans.getBean(BeanNames.streaming(name), DeepSeekStreamingChatModel.class));
    }
}

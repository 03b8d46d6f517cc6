package io.github.deepthink4j.guides.recipes;

import io.github.deepthink4j.memory.jdbc.ConversationChangedException;
import io.github.deepthink4j.memory.jdbc.JdbcChatMemoryStore;
import javax.sql.DataSource;

class Conversations {

    /** One for the application, as the data source is. */
    static JdbcChatMemoryStore in(DataSource database) {
        return JdbcChatMemoryStore.builder()
                .dataSource(database)
                .createTables(true)
                .build();
    }

    /** Another process may have said something in this conversation meanwhile: then the same again, once. */
    static String ask(Remembering assistant, String conversation, String question) {
        try {
            return assistant.chat(conversation, question);
        } catch (ConversationChangedException e) {
            return assistant.chat(conversation, question);
        }
    }
}

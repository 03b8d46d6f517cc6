package io.github.deepthink4j.guides.recipes;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ChatMessageDeserializer;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** {@code create table conversation (id varchar(200) primary key, messages text not null)}, in PostgreSQL and most others. */
class JdbcChatMemoryStore implements ChatMemoryStore {

    private final DataSource database;

    JdbcChatMemoryStore(DataSource database) {
        this.database = database;
    }

    @Override
    public List<ChatMessage> getMessages(Object id) {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select messages from conversation where id = ?")) {
            select.setString(1, id.toString());
            ResultSet row = select.executeQuery();
            return row.next() ? ChatMessageDeserializer.messagesFromJson(row.getString(1)) : List.of();
        } catch (SQLException e) {
            throw new IllegalStateException("The conversation can't be read", e);
        }
    }

    @Override
    public void updateMessages(Object id, List<ChatMessage> messages) {
        String json = ChatMessageSerializer.messagesToJson(messages);
        if (run("update conversation set messages = ? where id = ?", json, id.toString()) == 0) {
            run("insert into conversation (messages, id) values (?, ?)", json, id.toString());
        }
    }

    @Override
    public void deleteMessages(Object id) {
        run("delete from conversation where id = ?", id.toString());
    }

    private int run(String sql, String... values) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The conversation can't be written", e);
        }
    }
}

package io.github.deepthink4j.model;

import static io.github.deepthink4j.model.CannedServer.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import io.github.deepthink4j.model.CannedServer.Canned;
import io.github.deepthink4j.profile.ServerTool;
import org.junit.jupiter.api.Test;

/** Another form that the blocks of server tools may have: parts of the content. */
class ContentBlocksTest {

    private static final String BLOCK = "{'type':'web_search_result','id':'w1','score':1.10,'url':'https://a.example'}";
    private static final String PARTS =
            "[{'type':'text','text':'Let me see. '}," + BLOCK + ",{'type':'text','text':'Sunny.'}]";

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }

    private static DeepSeekChatModel.Builder model(CannedServer server) {
        return DeepSeekChatModel.builder()
                .baseUrl(server.url())
                .apiKey("test")
                .modelName("deepseek-flash")
                .serverTools(ServerTool.WEB_SEARCH);
    }

    private static CannedServer whole() {
        return new CannedServer(new Canned(
                200,
                quoted("{'choices':[{'index':0,'finish_reason':'stop','message':{'role':'assistant','content':" + PARTS
                        + "}}]}")));
    }

    @Test
    void should_send_a_whole_content_back_part_by_part() {
        try (CannedServer server = whole();
                DeepSeekChatModel model = model(server).streamOnWire(false).build()) {
            AiMessage answer = model.chat(UserMessage.from("Weather?")).aiMessage();
            model.chat(UserMessage.from("Weather?"), answer, UserMessage.from("Sure?"));

            assertThat(answer.text()).isEqualTo("Let me see. Sunny.");
            assertThat(Citation.in(answer)).extracting(Citation::url).containsExactly("https://a.example");
            assertThat(server.bodies().get(1)).contains(quoted("{'role':'assistant','content':" + PARTS));
        }
    }

    @Test
    void should_put_a_text_that_was_changed_behind_the_blocks() {
        try (CannedServer server = whole();
                DeepSeekChatModel model = model(server).streamOnWire(false).build()) {
            AiMessage answer = model.chat(UserMessage.from("Weather?")).aiMessage().toBuilder()
                    .text("Rewritten.")
                    .build();
            model.chat(UserMessage.from("Weather?"), answer, UserMessage.from("Sure?"));

            assertThat(server.bodies().get(1))
                    .contains(quoted("'content':[" + BLOCK + ",{'type':'text','text':'Rewritten.'}]"));
        }
    }

    @Test
    void should_keep_the_blocks_of_a_streamed_content() {
        String chunk = "{'choices':[{'index':0,'delta':{'content':%s},'finish_reason':null}]}";
        String body = event(quoted(chunk.formatted("[" + BLOCK + "]")))
                + event(quoted(chunk.formatted("'Sun'")))
                + event(quoted(chunk.formatted("'ny.'")))
                + event(quoted("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}"))
                + event("[DONE]");
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekChatModel model = model(server).build()) {
            AiMessage answer = model.chat(UserMessage.from("Weather?")).aiMessage();
            model.chat(UserMessage.from("Weather?"), answer, UserMessage.from("Sure?"));

            assertThat(answer.text()).isEqualTo("Sunny.");
            assertThat(server.bodies().get(1))
                    .contains(quoted("'content':[" + BLOCK + ",{'type':'text','text':'Sunny.'}]"));
        }
    }

    private static final String SOURCE = "{'type':'url_citation','url':'https://b.example','title':'B'}";

    @Test
    void should_keep_the_citations_of_a_text_that_comes_as_a_part() {
        String parts = "[{'type':'text','text':'Sunny. ','annotations':[]},"
                + "{'type':'text','text':'So they say.','annotations':[" + SOURCE + "]}]";
        String body = "{'choices':[{'index':0,'finish_reason':'stop','message':{'role':'assistant','content':" + parts
                + "}}]}";
        try (CannedServer server = new CannedServer(new Canned(200, quoted(body)));
                DeepSeekChatModel model = model(server).streamOnWire(false).build()) {
            AiMessage answer = model.chat(UserMessage.from("Weather?")).aiMessage();
            model.chat(UserMessage.from("Weather?"), answer, UserMessage.from("Sure?"));
            model.chat(
                    UserMessage.from("Weather?"),
                    answer.toBuilder().text("Rewritten.").build(),
                    UserMessage.from("Sure?"));

            assertThat(answer.text()).isEqualTo("Sunny. So they say.");
            assertThat(Citation.in(answer)).containsExactly(new Citation("https://b.example", "B", null));
            assertThat(server.bodies().get(1)).contains(quoted("{'role':'assistant','content':" + parts));
            assertThat(server.bodies().get(2))
                    .contains(quoted("'content':[{'type':'text','text':'Rewritten.','annotations':[" + SOURCE + "]}]"));
        }
    }

    @Test
    void should_keep_the_citations_of_texts_that_are_streamed_as_parts() {
        String chunk = "{'choices':[{'index':0,'delta':{'content':%s},'finish_reason':null}]}";
        String body = event(quoted(chunk.formatted("[{'type':'text','text':'Sun'}]")))
                + event(quoted(chunk.formatted("[{'type':'text','text':'ny.','annotations':[" + SOURCE + "]}]")))
                + event(quoted(chunk.formatted("[{'type':'text','text':'','annotations':[" + BLOCK + "]}]")))
                + event(quoted("{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}]}"))
                + event("[DONE]");
        try (CannedServer server = new CannedServer(new Canned(200, body));
                DeepSeekChatModel model = model(server).build()) {
            AiMessage answer = model.chat(UserMessage.from("Weather?")).aiMessage();
            model.chat(UserMessage.from("Weather?"), answer, UserMessage.from("Sure?"));

            assertThat(answer.text()).isEqualTo("Sunny.");
            assertThat(Citation.in(answer))
                    .extracting(Citation::url)
                    .containsExactly("https://b.example", "https://a.example");
            assertThat(server.bodies().get(1))
                    .contains(quoted("'content':[{'type':'text','text':'Sunny.','annotations':[" + SOURCE + "," + BLOCK
                            + "]}]"));
        }
    }

    @Test
    void should_send_a_text_where_no_server_tool_is_declared() {
        try (CannedServer server = whole();
                DeepSeekChatModel model = model(server).streamOnWire(false).build();
                DeepSeekChatModel plain =
                        model(server).serverTools().streamOnWire(false).build()) {
            AiMessage answer = model.chat(UserMessage.from("Weather?")).aiMessage();
            plain.chat(UserMessage.from("Weather?"), answer, UserMessage.from("Sure?"));

            assertThat(server.bodies().get(1)).contains(quoted("'content':'Let me see. Sunny.'"));
        }
    }
}

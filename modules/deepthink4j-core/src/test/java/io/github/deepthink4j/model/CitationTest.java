package io.github.deepthink4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import io.github.deepthink4j.profile.ReasoningDialect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CitationTest {

    private static List<Citation> in(String fields) {
        return Citation.in(AiMessage.builder()
                .text("So it is.")
                .attributes(Map.of(ReasoningDialect.CARRIED_ATTRIBUTE, fields.replace('\'', '"')))
                .build());
    }

    @Test
    void should_find_pages_wherever_they_stand_and_each_once() {
        assertThat(
                        in(
                                "{'annotations':[{'type':'url_citation','url_citation':{'url':'https://a.example/1','title':'One'}},"
                                        + "{'url':'https://a.example/1','snippet':'first words'}],"
                                        + "'blocks':[{'results':[{'link':'http://b.example','name':'Two'},{'uri':'HTTPS://c.example/x'}]}]}"))
                .containsExactly(
                        new Citation("https://a.example/1", "One", "first words"),
                        new Citation("http://b.example", "Two", null),
                        new Citation("HTTPS://c.example/x", null, null));
    }

    @Test
    void should_find_those_of_several_messages_each_once() {
        AiMessage searched = AiMessage.builder()
                .attributes(Map.of(
                        ReasoningDialect.CARRIED_ATTRIBUTE,
                        "{\"b\":[{\"url\":\"https://a.example\"},{\"url\":\"https://b.example\"}]}"))
                .build();
        AiMessage answer = AiMessage.builder()
                .attributes(Map.of(
                        ReasoningDialect.CARRIED_ATTRIBUTE,
                        "{\"b\":[{\"url\":\"https://b.example\",\"title\":\"B\"},{\"url\":\"https://c.example\"}]}"))
                .build();

        assertThat(Citation.in(List.of(searched, AiMessage.from("."), answer)))
                .containsExactly(
                        new Citation("https://a.example", null, null),
                        new Citation("https://b.example", "B", null),
                        new Citation("https://c.example", null, null));
    }

    /** A page that shows them makes links of them. */
    @Test
    void should_take_nothing_for_a_page_that_is_none() {
        assertThat(in("{'a':{'url':'javascript:alert(1)'},'b':{'url':'data:text/html,x'},'c':{'url':' vbscript:x'},"
                        + "'d':{'url':'https://'},'e':{'url':'https://a b'},'f':{'url':'java\\nscript:https://x'}}"))
                .isEmpty();
        assertThat(in("{'a':{'url':'javascript:alert(1)','link':' https://a.example '}}"))
                .containsExactly(new Citation("https://a.example", null, null));
    }

    @Test
    void should_take_nothing_for_a_page_that_looks_like_another_one() {
        assertThat(in("{'a':{'url':'https://user:pw@a.example'},'b':{'url':'https://bank.example@a.example/x'},"
                        + "'c':{'url':'https://a.example\\\\@b.example'},'d':{'url':'https://a.example/\\u202egpj.exe'},"
                        + "'e':{'url':'https://a.example/\\u200f'}}"))
                .isEmpty();
        assertThat(
                        in(
                                "{'a':{'url':'https://a.example/@user?to=x@y#@','title':'A\\u202e\\u0000B','snippet':'C\\u2066D\\nE'}}"))
                .containsExactly(new Citation("https://a.example/@user?to=x@y#@", "AB", "CD\nE"));
    }

    @Test
    void should_find_nothing_where_there_is_none() {
        assertThat(in("{'blocks':[{'url':'file:///etc/passwd'},{'url':7},{'source':'web'},{'title':'T'}]}"))
                .isEmpty();
        assertThat(in("{'blocks'")).isEmpty();
        assertThat(Citation.in(AiMessage.from("Hi"))).isEmpty();
        assertThat(Citation.in(AiMessage.builder()
                        .text("Hi")
                        .attributes(Map.of(ReasoningDialect.CARRIED_ATTRIBUTE, 7))
                        .build()))
                .isEmpty();
    }
}

package io.skiff.server.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What scenarios expect, and what comparing two answers finds: both must be able to complain. */
class ExpectedTest {
    private static JsonNode json(String text) {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'a':1}                   | {'a':1.0,'b':2}   | 0",
                "{'a':1}                   | {'a':2}           | 1",
                "{'a':1,'<only>':true}     | {'a':1,'b':2}     | 1",
                "{'a':'<absent>'}          | {'a':null}        | 1",
                "{'a':'<absent>'}          | {'b':1}           | 0",
                "{'a':'<any>'}             | {}                | 1",
                "{'a':'<number>','b':'<string>'} | {'a':'1','b':1} | 2",
                "[{'a':'<array>'},'x']     | [{'a':[]},'x']    | 0",
                "[1,2]                     | [2,1]             | 2",
                "[1]                       | [1,2]             | 1",
                "{'a':{'b':true}}          | {'a':[]}          | 1",
            })
    void complainsOfWhatDoesNotFit(String pattern, String actual, int complaints) {
        assertEquals(
                complaints, Expected.complaints(json(pattern), json(actual)).size());
    }

    @Test
    void comparesAllButWhatIsEachServersOwn() {
        JsonNode there = json("{'took':1,'hits':[{'_id':'a','_score':1.0},{'_id':'b','_score':0.5}],"
                + "'error':{'type':'t','reason':'r','root_cause':[{'type':'t','reason':'r'}]}}");
        JsonNode here = json("{'took':2,'hits':[{'_id':'a','_score':1.03},{'_id':'c','_score':0.6}],'more':null,"
                + "'error':{'type':'u','reason':'s','root_cause':[{'type':'t','reason':'s'}]}}");
        assertEquals(
                "error.type: Elasticsearch \"t\", Skiff \"u\"; hits._id: Elasticsearch \"b\", Skiff \"c\";"
                        + " hits._score: Elasticsearch 0.5, Skiff 0.6; more: Elasticsearch has none, Skiff null",
                String.join("; ", Comparison.differences(there, here, 0.05, Set.of())));
        assertEquals(
                1,
                Comparison.differences(there, here, 0.05, Set.of("error.type", "hits._id", "more"))
                        .size());
    }
}

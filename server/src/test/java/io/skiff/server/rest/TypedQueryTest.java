package io.skiff.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.skiff.server.rest.LiveServer.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Queries and orders over an index with a mapping: what each type of field takes. */
@Timeout(120)
class TypedQueryTest {
    private static LiveServer server;

    @BeforeAll
    static void start(@TempDir Path data) throws Exception {
        server = new LiveServer(data);
        server.send("PUT /i", """
                {'mappings':{'dynamic':false,'properties':{
                  'title':{'type':'text','analyzer':'english','fields':{'raw':{'type':'keyword'}}},
                  'sv':{'type':'sparse_vector'},
                  'tag':{'type':'keyword'},
                  'count':{'type':'integer'},
                  'size':{'type':'float'},
                  'afloat':{'type':'boolean'},
                  'built':{'type':'date'},
                  'sunk':{'type':'date','format':'dd.MM.yyyy'},
                  'owner':{'properties':{'name':{'type':'keyword'},'age':{'type':'long'}}}}}}""");
        Answer answer = server.send("POST /i/_bulk?refresh=true", """
                {'index':{'_id':'1'}}
                {'title':'A small skiff','sv':{'a':1,'b':2},'tag':['red','Blue'],'count':1,'size':0.1,'afloat':true,'built':'2024-01-31T23:30:00Z','owner':{'name':'Ann'}}
                {'index':{'_id':'2'}}
                {'title':'Two skiffs and a boat','sv':{'a':3},'tag':'blue','count':[5,20],'size':2.5,'afloat':false,'built':'2024-02-01','sunk':'24.12.2024'}
                {'index':{'_id':'3'}}
                {'title':'Nothing of the kind','sv':{'c':1},'count':-7,'built':1706745600000,'owner':{'age':7}}
                """);
        assertEquals("false", answer.at("errors"), answer.text());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> ids(String body) throws Exception {
        Answer answer = server.send("POST /i/_search", body);
        assertEquals(200, answer.status(), answer.text());
        List<String> ids = new ArrayList<>();
        for (JsonNode hit : answer.json().get("hits").get("hits")) {
            ids.add(hit.get("_id").stringValue());
        }
        return ids;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'term':{'tag':'blue'}} ; 2",
                "{'term':{'tag':{'value':'BLUE','case_insensitive':true}}} ; 1 2",
                "{'term':{'title.raw':'A small skiff'}} ; 1",
                "{'term':{'title':'skiff'}} ; 1 2",
                "{'term':{'title':'skiffs'}} ; ",
                "{'terms':{'title':['boat','kind']}} ; 2 3",
                "{'match':{'title':{'query':'boats skiffs','operator':'and'}}} ; 2",
                "{'match':{'count':20}} ; 2",
                "{'term':{'count':5}} ; 2",
                "{'term':{'count':5.5}} ; ",
                "{'terms':{'count':[1,-7]}} ; 1 3",
                "{'term':{'size':0.1}} ; 1",
                "{'range':{'size':{'gt':0.1}}} ; 2",
                "{'range':{'count':{'gte':0.5,'lt':5}}} ; 1",
                "{'range':{'count':{'gt':5}}} ; 2",
                "{'term':{'afloat':true}} ; 1",
                "{'term':{'afloat':'false'}} ; 2",
                "{'range':{'afloat':{'lte':true}}} ; 1 2",
                "{'term':{'built':'2024-02-01'}} ; 2 3",
                "{'terms':{'built':['2024-01','2023']}} ; 1",
                "{'range':{'built':{'lt':'2024-02-01'}}} ; 1",
                "{'range':{'built':{'gte':'2024-02-01','time_zone':'+01:00'}}} ; 1 2 3",
                "{'range':{'built':{'gte':'01/02/2024','format':'dd/MM/yyyy'}}} ; 2 3",
                "{'range':{'built':{'gte':'2024-02-01||-1d/d','lt':'now'}}} ; 1 2 3",
                "{'range':{'sunk':{'lte':'24.12.2024'}}} ; 2",
                "{'range':{'tag':{'gte':'blue','lt':'c'}}} ; 2",
                "{'prefix':{'tag':'bl'}} ; 2",
                "{'prefix':{'tag':{'value':'bl','case_insensitive':true}}} ; 1 2",
                "{'prefix':{'title.raw':'A '}} ; 1",
                "{'exists':{'field':'owner'}} ; 1 3",
                "{'exists':{'field':'owner.name'}} ; 1",
                "{'exists':{'field':'sv'}} ; 1 2 3",
                "{'exists':{'field':'title'}} ; 1 2 3",
                "{'exists':{'field':'nope'}} ; ",
                "{'term':{'nope':'x'}} ; ",
                "{'bool':{'must_not':{'exists':{'field':'sunk'}}}} ; 1 3",
                "{'ids':{'values':['3','1','9']}} ; 1 3",
            })
    void eachTypeTakesItsValues(String query, String expected) throws Exception {
        List<String> ids = expected == null || expected.isBlank() ? List.of() : List.of(expected.split(" "));
        assertEquals(ids, ids("{'query':{'constant_score':{'filter':" + query + "}}}"), query);
    }

    private static List<String> sorted(String sort) throws Exception {
        Answer answer = server.send("POST /i/_search", "{'sort':" + sort + "}");
        assertEquals(200, answer.status(), answer.text());
        List<String> values = new ArrayList<>();
        for (JsonNode hit : answer.json().get("hits").get("hits")) {
            values.add(hit.get("_id").stringValue() + hit.get("sort"));
        }
        return values;
    }

    @Test
    void eachTypeIsSortedAndWrittenInItsWay() throws Exception {
        assertEquals(List.of("1[1706743800000]", "2[1706745600000]", "3[1706745600000]"), sorted("[{'built':'asc'}]"));
        assertEquals(
                List.of("2[\"2024-02-01\"]", "3[\"2024-02-01\"]", "1[\"2024-01-31\"]"),
                sorted("[{'built':{'order':'desc','format':'yyyy-MM-dd'}}]"));
        assertEquals(List.of("1[1]", "2[0]", "3[-9223372036854775808]"), sorted("[{'afloat':'desc'}]"));
        assertEquals(List.of("1[0.1]", "2[2.5]", "3[\"Infinity\"]"), sorted("'size'"));
        assertEquals(List.of("2[20]", "1[1]", "3[-7]"), sorted("[{'count':{'order':'desc'}}]"));
        assertEquals(List.of("2[5]", "1[1]", "3[-7]"), sorted("[{'count':{'order':'desc','mode':'min'}}]"));
        assertEquals(List.of("1[\"Blue\"]", "2[\"blue\"]", "3[null]"), sorted("[{'tag':'asc'}]"));
        assertEquals(
                List.of("3[7,2]", "2[9223372036854775807,1]", "1[9223372036854775807,0]"),
                sorted("[{'owner.age':'asc'},{'_doc':'desc'}]"));
    }

    @Test
    void sortValuesLeadToTheNextPage() throws Exception {
        assertEquals(List.of("2", "3"), ids("{'sort':['size'],'search_after':[0.1]}"));
        assertEquals(List.of("3"), ids("{'sort':['size'],'search_after':[2.5]}"));
        assertEquals(List.of(), ids("{'sort':['size'],'search_after':['Infinity']}"));
        assertEquals(
                List.of("1"),
                ids("{'sort':[{'built':{'order':'desc','format':'yyyy-MM-dd'}}],'search_after':['2024-02-01']}"));
        assertEquals(List.of("2", "3"), ids("{'sort':['built'],'search_after':[1706743800000]}"));
        assertEquals(List.of("2", "3"), ids("{'sort':['built'],'search_after':['2024-01-31T23:30:00Z']}"));
    }

    @Test
    void refusalsNameTheFieldAndItsType() throws Exception {
        assertRefused("{'query':{'term':{'count':'many'}}}", "field [count] of type [integer]");
        assertRefused("{'query':{'term':{'afloat':'maybe'}}}", "field [afloat] of type [boolean]");
        assertRefused("{'query':{'range':{'built':{'gte':'soon'}}}}", "failed to parse date field [soon]");
        assertRefused("{'query':{'range':{'count':{'gte':1,'time_zone':'UTC'}}}}", "[time_zone]");
        assertRefused("{'query':{'prefix':{'title':'a'}}}", "[prefix] needs a keyword field");
        assertRefused("{'sort':'title'}", "[title]");
        assertRefused("{'sort':[{'count':{'format':'yyyy'}}]}", "[format]");
    }

    private static void assertRefused(String body, String reason) throws Exception {
        Answer answer = server.send("POST /i/_search", body);
        assertEquals(400, answer.status(), answer.text());
        assertTrue(answer.at("error/reason").contains(reason), answer.text());
    }
}

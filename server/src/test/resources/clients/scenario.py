"""What a program does with Elasticsearch's Python client, unmodified. Prints a line for each step."""

import sys

from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.helpers import bulk

client = Elasticsearch(sys.argv[1], max_retries=0)
index = "from-python"


def say(what, *values):
    print(what + ":", *[str(value).lower() if isinstance(value, bool) else value for value in values])


def ids(answer):
    return ",".join(hit["_id"] for hit in answer["hits"]["hits"])


say("ping", client.ping())
say("version", client.info()["version"]["number"])
properties = {
    "title": {"type": "text", "analyzer": "english"},
    "sv": {"type": "sparse_vector"},
    "lang": {"type": "keyword"},
    "year": {"type": "integer"},
}
say("create", client.indices.create(index=index, mappings={"properties": properties})["acknowledged"])
documents = [
    ("1", {"title": "Sailing alone around the world", "sv": {"boat": 2, "sea": 1}, "lang": "en", "year": 1900}),
    ("2", {"title": "The riddle of the sands", "sv": {"boat": 1, "sand": 3}, "lang": "en", "year": 1903}),
    ("3", {"title": "Das Boot", "sv": {"boat": 3}, "lang": "de", "year": 1973}),
]
actions = [{"_index": index, "_id": id, "_source": source} for id, source in documents]
say("bulk", *map(lambda it: it if isinstance(it, int) else len(it), bulk(client, actions, refresh=True)))
say("count", client.count(index=index)["count"])
say("get", client.get(index=index, id="2")["_source"]["year"])
say("match", ids(client.search(index=index, query={"match": {"title": "sails"}})))
boat = {"sparse_vector": {"field": "sv", "query_vector": {"boat": 1}}}
filtered = {
    "bool": {
        "must": [boat],
        "filter": [{"term": {"lang": "en"}}],
        "must_not": [{"range": {"year": {"gt": 1950}}}],
    }
}
say("vector and filter", ids(client.search(index=index, query=filtered)))
words = {"standard": {"query": {"match": {"title": "riddle"}}}}
tokens = {"standard": {"query": {"sparse_vector": {"field": "sv", "query_vector": {"sand": 1, "sea": 1}}}}}
say("rrf", ids(client.search(index=index, retriever={"rrf": {"retrievers": [words, tokens]}})))
say("sort", ids(client.search(index=index, sort=[{"year": "desc"}])))
marked = client.search(index=index, query={"match": {"title": "sailing"}}, highlight={"fields": {"title": {}}})
say("highlight", marked["hits"]["hits"][0]["highlight"]["title"][0])
asked = {"query": {"neural_sparse": {"sv": {"query_tokens": {"sand": 1}}}}}
headers = {"accept": "application/json", "content-type": "application/json"}
say("neural_sparse", ids(client.perform_request("POST", f"/{index}/_search", headers=headers, body=asked)))
say("update", client.update(index=index, id="1", doc={"year": 1901}, refresh="wait_for")["result"])
say("delete", client.delete(index=index, id="3")["result"])
say("gone", not client.exists(index=index, id="3"))
early = {"range": {"year": {"lt": 1902}}}
say("delete by query", client.delete_by_query(index=index, query=early, refresh=True)["deleted"])
say("left", client.count(index=index)["count"])
try:
    client.search(index="nope")
except NotFoundError as error:
    say("refused", True, error.status_code, error.error)
say("removed", client.indices.delete(index=index)["acknowledged"])
client.close()

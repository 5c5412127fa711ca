// What a program does with Elasticsearch's JavaScript client, unmodified. Prints a line for each step.
import { Client, errors } from '@elastic/elasticsearch';

const client = new Client({ node: process.argv[2], maxRetries: 0 });
const index = 'from-node';
const say = (what, ...values) => console.log(`${what}: ${values.join(' ')}`);
const ids = (answer) => answer.hits.hits.map((hit) => hit._id).join(',');

say('ping', await client.ping());
say('version', (await client.info()).version.number);
say(
  'create',
  (
    await client.indices.create({
      index,
      mappings: {
        properties: {
          title: { type: 'text', analyzer: 'english' },
          sv: { type: 'sparse_vector' },
          lang: { type: 'keyword' },
          year: { type: 'integer' },
        },
      },
    })
  ).acknowledged,
);
const documents = [
  { id: '1', title: 'Sailing alone around the world', sv: { boat: 2, sea: 1 }, lang: 'en', year: 1900 },
  { id: '2', title: 'The riddle of the sands', sv: { boat: 1, sand: 3 }, lang: 'en', year: 1903 },
  { id: '3', title: 'Das Boot', sv: { boat: 3 }, lang: 'de', year: 1973 },
];
const bulk = await client.helpers.bulk({
  datasource: documents,
  refreshOnCompletion: index,
  onDocument: ({ id, ...document }) => [{ index: { _index: index, _id: id } }, document],
});
say('bulk', bulk.successful, bulk.failed);
say('count', (await client.count({ index })).count);
say('get', (await client.get({ index, id: '2' }))._source.year);
say('match', ids(await client.search({ index, query: { match: { title: 'sails' } } })));
say(
  'vector and filter',
  ids(
    await client.search({
      index,
      query: {
        bool: {
          must: [{ sparse_vector: { field: 'sv', query_vector: { boat: 1 } } }],
          filter: [{ term: { lang: 'en' } }],
          must_not: [{ range: { year: { gt: 1950 } } }],
        },
      },
    }),
  ),
);
say(
  'rrf',
  ids(
    await client.search({
      index,
      retriever: {
        rrf: {
          retrievers: [
            { standard: { query: { match: { title: 'riddle' } } } },
            { standard: { query: { sparse_vector: { field: 'sv', query_vector: { sand: 1, sea: 1 } } } } },
          ],
        },
      },
    }),
  ),
);
say('sort', ids(await client.search({ index, sort: [{ year: 'desc' }] })));
const marked = await client.search({
  index,
  query: { match: { title: 'sailing' } },
  highlight: { fields: { title: {} } },
});
say('highlight', marked.hits.hits[0].highlight.title[0]);
say(
  'neural_sparse',
  ids(
    await client.transport.request({
      method: 'POST',
      path: `/${index}/_search`,
      body: { query: { neural_sparse: { sv: { query_tokens: { sand: 1 } } } } },
    }),
  ),
);
say('update', (await client.update({ index, id: '1', doc: { year: 1901 }, refresh: 'wait_for' })).result);
say('delete', (await client.delete({ index, id: '3' })).result);
say('gone', (await client.exists({ index, id: '3' })) === false);
say(
  'delete by query',
  (await client.deleteByQuery({ index, query: { range: { year: { lt: 1902 } } }, refresh: true })).deleted,
);
say('left', (await client.count({ index })).count);
try {
  await client.search({ index: 'nope' });
} catch (error) {
  say('refused', error instanceof errors.ResponseError, error.statusCode, error.body.error.type);
}
say('removed', (await client.indices.delete({ index })).acknowledged);
await client.close();

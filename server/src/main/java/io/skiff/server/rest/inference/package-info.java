/** Models under names, in Elasticsearch's dialect: named, listed, forgotten, and asked for the vectors of texts. */
package io.skiff.server.rest.inference;

/** Scenarios of Elasticsearch's dialect, as files, that can be played on Skiff, on Elasticsearch, and on both at once. */
package io.skiff.server.scenario;

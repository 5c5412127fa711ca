/** What the server counts, and how Prometheus reads it. Imports REST's view of requests, and Prometheus's library. */
package io.skiff.server.metrics;

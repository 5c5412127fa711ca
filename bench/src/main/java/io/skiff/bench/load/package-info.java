/**
 * A server under load, over real sockets: what it adds to a search in process, what it holds with many connections, and
 * what writing costs those who search.
 *
 * <pre>
 * LoadCorpus -> index in a data folder -> server, in this process or by URL <- HttpConnection
 *                                                                                 |
 *        AddedLatency (one connection)   ClosedLoop (throughput)   OpenLoop (latency at a rate)
 * </pre>
 *
 * <p>Latency at a rate is measured from when a request was due, not from when it could be sent: a server that stalls is
 * charged for all that would have come meanwhile. A rate that is not held is said.
 */
package io.skiff.bench.load;

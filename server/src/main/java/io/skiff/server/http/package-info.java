/** The Netty server: connections in, {@code io.skiff.server.rest} requests out, and answers back. */
package io.skiff.server.http;

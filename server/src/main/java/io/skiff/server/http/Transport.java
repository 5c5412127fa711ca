package io.skiff.server.http;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who tells an event loop that a socket is ready.
 *
 * @param name for logs
 * @param handler one for each event loop
 * @param listener the channel that accepts connections
 */
record Transport(String name, IoHandlerFactory handler, Class<? extends ServerChannel> listener) {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /** The JDK, everywhere. */
    static final Transport JDK = new Transport("JDK", NioIoHandler.newFactory(), NioServerSocketChannel.class);

    /**
     * Linux's epoll, called without the JDK in between, which wakes an event loop a few microseconds sooner; the JDK where
     * the library for that does not load, or is switched off by {@code -Dio.netty.transport.noNative=true}.
     */
    static Transport best() {
        if (Epoll.isAvailable()) {
            return new Transport("epoll", EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
        }
        LOG.info("sockets are watched by the JDK, since epoll cannot be: {}", reason(Epoll.unavailabilityCause()));
        return JDK;
    }

    /** The innermost message: the outer ones only say that a class could not be initialized. */
    private static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost.toString();
    }
}

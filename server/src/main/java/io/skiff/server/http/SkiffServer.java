package io.skiff.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.skiff.index.LowPriority;
import io.skiff.server.collection.Collections;
import io.skiff.server.metrics.MetricsEndpoint;
import io.skiff.server.metrics.ServerMetrics;
import io.skiff.server.rest.Lane;
import io.skiff.server.rest.RestApi;
import io.skiff.server.rest.Router;
import io.skiff.server.rest.SlowLog;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running HTTP server over some collections. */
@SuppressWarnings("FutureReturnValueIgnored") // of closing connections: the group knows when they are closed
public final class SkiffServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SkiffServer.class);

    /** Longest that {@link #close()} waits for the requests under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Transport transport;
    private final EventLoopGroup loops;
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ServerOptions options;
    private final WorkPool searches;
    private final WorkPool writes;
    private final HttpPipelines pipelines;
    private Channel listener;

    private SkiffServer(
            Router router, ServerOptions options, Optional<SslContext> tls, Hooks hooks, Transport transport) {
        this.options = options;
        this.transport = transport;
        this.loops = new MultiThreadIoEventLoopGroup(transport.handler());
        this.searches = new WorkPool("search", options.searchThreads(), options.queueCapacity(), 0, hooks.onReject());
        this.writes = new WorkPool(
                "write", options.writeThreads(), options.queueCapacity(), LowPriority.WRITING, hooks.onReject());
        this.pipelines = new HttpPipelines(
                tls, options.maxBodyBytes(), PATIENCE, () -> new Connection(router, this::pool, hooks.onCancel()));
    }

    private WorkPool pool(Lane lane) {
        return lane == Lane.WRITE ? writes : searches;
    }

    /** What to run where a request is refused for lack of room, and where a client hangs up before its answer. */
    record Hooks(Runnable onReject, Runnable onCancel) {
        static final Hooks NONE = new Hooks(() -> {}, () -> {});
    }

    /**
     * Starts serving; returns once connections are accepted.
     *
     * @param collections what to serve; stays its owner's to close, after the server
     * @param port 0 for any free one
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static SkiffServer start(Collections collections, String host, int port) throws IOException {
        return start(collections, ServerOptions.at(host, port));
    }

    /**
     * Starts serving under options; returns once connections are accepted. Everybody is let in.
     *
     * @param collections what to serve; stays its owner's to close, after the server
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static SkiffServer start(Collections collections, ServerOptions options) throws IOException {
        return start(collections, options, ServiceOptions.DEFAULT);
    }

    /**
     * Starts serving under options; returns once connections are accepted.
     *
     * @param collections what to serve; stays its owner's to close, after the server
     * @throws IOException if the address cannot be bound, or TLS cannot be had; the message says why
     */
    public static SkiffServer start(Collections collections, ServerOptions options, ServiceOptions service)
            throws IOException {
        ServerMetrics metrics = new ServerMetrics(collections);
        Router router = RestApi.over(collections, service.limits(), service.writes())
                .add("GET", "/_prometheus/metrics", Lane.IMMEDIATE, Set.of(), new MetricsEndpoint(metrics))
                .access(service.access())
                .observer(service.slowThreshold()
                        .map(threshold -> metrics.and(new SlowLog(threshold)))
                        .orElse(metrics))
                .build();
        SkiffServer server = start(router, options, new Hooks(metrics::rejected, metrics::cancelled));
        metrics.watch(server.searches::active, server.searches::waiting, server.connections::size);
        Router unwatched =
                RestApi.over(collections, service.limits(), service.writes()).build();
        server.searches.execute(() -> new WarmUp(unwatched).run(collections));
        return server;
    }

    static SkiffServer start(Router router, ServerOptions options) throws IOException {
        return start(router, options, Hooks.NONE);
    }

    static SkiffServer start(Router router, ServerOptions options, Hooks hooks) throws IOException {
        return start(router, options, hooks, Transport.best());
    }

    static SkiffServer start(Router router, ServerOptions options, Hooks hooks, Transport transport)
            throws IOException {
        Optional<SslContext> tls = options.tls().isPresent()
                ? Optional.of(ServerTls.context(options.tls().get()))
                : Optional.empty();
        SkiffServer server = new SkiffServer(router, options, tls, hooks, transport);
        try {
            server.bind();
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private void bind() throws IOException {
        InetSocketAddress wanted = new InetSocketAddress(options.host(), options.port());
        if (wanted.isUnresolved()) {
            throw new UnknownHostException("host '" + options.host() + "' has no address; give one of this machine's");
        }
        ChannelFuture bound = new ServerBootstrap()
                .group(loops)
                .channel(transport.listener())
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open(channel);
                    }
                })
                .bind(wanted)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw bindFailure(wanted, bound.cause());
        }
        listener = bound.channel();
    }

    private static IOException bindFailure(InetSocketAddress wanted, Throwable cause) {
        String address = wanted.getHostString() + ":" + wanted.getPort();
        // The JDK's exception has a type for this, epoll's has not.
        if (cause instanceof IOException && cause.getMessage().contains("Address already in use")) {
            return new IOException(
                    "port " + wanted.getPort() + " is in use on " + wanted.getHostString()
                            + " by another program; stop it, or choose another port with --port",
                    cause);
        }
        return new IOException("cannot listen at " + address + ": " + cause.getMessage(), cause);
    }

    private void open(Channel channel) {
        connections.add(channel);
        pipelines.open(channel);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Finishes the requests under way, refuses new ones, and stops. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (listener != null) {
            listener.close().awaitUninterruptibly();
        }
        for (Channel channel : connections) {
            channel.eventLoop().execute(() -> drain(channel));
        }
        boolean drained = connections.newCloseFuture().awaitUninterruptibly(PATIENCE.toMillis());
        boolean written = writes.close(PATIENCE);
        boolean idle = searches.close(PATIENCE) && written;
        if (!drained || !idle) {
            LOG.warn("stopped after {} s with requests still under way", PATIENCE.toSeconds());
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** HTTP/2 says by itself that it is going, and waits for its streams. */
    private static void drain(Channel channel) {
        ChannelHandlerContext ctx = channel.pipeline().context(Connection.class);
        if (ctx != null) {
            ((Connection) ctx.handler()).drain(ctx);
        } else {
            channel.close();
        }
    }
}

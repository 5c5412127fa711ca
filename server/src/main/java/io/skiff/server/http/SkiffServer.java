package io.skiff.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.skiff.server.collection.Collections;
import io.skiff.server.rest.RestApi;
import io.skiff.server.rest.Router;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running HTTP server over some collections. */
public final class SkiffServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SkiffServer.class);

    /** Smaller answers go out as they are: packing them would cost more than it saves. */
    private static final int MIN_COMPRESSED_BYTES = 1024;

    /** More than fit into what is read from a socket at a time; nothing more is read while answers are due. */
    private static final int MAX_PIPELINED_REQUESTS = 8192;

    private static final long IDLE_SECONDS = 120;

    /** Longest that {@link #close()} waits for the requests under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Router router;
    private final ServerOptions options;
    private final SearchPool pool;
    private Channel listener;

    private SkiffServer(Router router, ServerOptions options) {
        this.router = router;
        this.options = options;
        this.pool = new SearchPool(options.searchThreads(), options.queueCapacity());
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
     * Starts serving under options; returns once connections are accepted.
     *
     * @param collections what to serve; stays its owner's to close, after the server
     * @throws IOException if the address cannot be bound; the message names it
     */
    public static SkiffServer start(Collections collections, ServerOptions options) throws IOException {
        SkiffServer server = start(RestApi.over(collections), options);
        server.pool.execute(() -> WarmUp.run(collections));
        return server;
    }

    static SkiffServer start(Router router, ServerOptions options) throws IOException {
        SkiffServer server = new SkiffServer(router, options);
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
                .channel(NioServerSocketChannel.class)
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
        if (cause instanceof BindException && cause.getMessage().contains("in use")) {
            return new IOException(
                    "port " + wanted.getPort() + " is in use on " + wanted.getHostString()
                            + " by another program; stop it, or choose another port with --port",
                    cause);
        }
        return new IOException("cannot listen at " + address + ": " + cause.getMessage(), cause);
    }

    private void open(Channel channel) {
        connections.add(channel);
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new IdleStateHandler(true, 0, 0, IDLE_SECONDS, TimeUnit.SECONDS));
        pipeline.addLast(new HttpServerCodec(new HttpDecoderConfig(), MAX_PIPELINED_REQUESTS));
        // Holds back what a client has sent ahead while its request before that is answered.
        pipeline.addLast(new FlowControlHandler());
        pipeline.addLast(new HttpContentCompressor(
                MIN_COMPRESSED_BYTES, StandardCompressionOptions.gzip(), StandardCompressionOptions.deflate()));
        pipeline.addLast(new HttpContentDecompressor(options.maxBodyBytes()));
        pipeline.addLast(new BodyAggregator(options.maxBodyBytes()));
        pipeline.addLast(new Connection(router, pool));
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
            ChannelHandlerContext ctx = channel.pipeline().context(Connection.class);
            if (ctx != null) {
                ctx.executor().execute(() -> ((Connection) ctx.handler()).drain(ctx));
            }
        }
        boolean drained = connections.newCloseFuture().awaitUninterruptibly(PATIENCE.toMillis());
        boolean idle = pool.close(PATIENCE);
        if (!drained || !idle) {
            LOG.warn("stopped after {} s with requests still under way", PATIENCE.toSeconds());
        }
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}

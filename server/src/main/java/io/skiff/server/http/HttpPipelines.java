package io.skiff.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http2.CleartextHttp2ServerUpgradeHandler;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What stands between a socket and {@link Connection}, by the protocol that the client speaks.
 *
 * <pre>
 *   clear:  CleartextHttp2ServerUpgradeHandler --HTTP/2 at once, or after an upgrade--> HTTP/2
 *                                              --else--> HTTP/1.1
 *   TLS:    SslHandler --ALPN h2--> HTTP/2, else HTTP/1.1
 *
 *   HTTP/1.1:  codec, flow control, (un)packing, whole bodies, Connection
 *   HTTP/2:    frame codec, multiplexer --each stream a channel--> codec, (un)packing, whole bodies, Connection
 * </pre>
 */
final class HttpPipelines {
    /** More than fit into what is read from a socket at a time; nothing more is read while answers are due. */
    private static final int MAX_PIPELINED_REQUESTS = 8192;

    /** Requests at a time on one HTTP/2 connection: the JDK's client fails beyond it rather than wait. */
    private static final int MAX_STREAMS = 1_000;

    private static final int MAX_HTTP2_HEADER_BYTES = 16 << 10;

    /** Of a body that a client may send ahead on one HTTP/2 stream. */
    private static final int WINDOW_BYTES = 1 << 20;

    private static final long IDLE_SECONDS = 120;

    /** As clients do: whoever has sent a plain request goes on so, and is spared a look for an upgrade at each. */
    private static final boolean UPGRADE_ON_FIRST_REQUEST_ONLY = true;

    private final Optional<SslContext> tls;
    private final int maxBodyBytes;
    private final Duration patience;
    private final Supplier<Connection> connection;

    /**
     * Pipelines that end in {@code connection}'s.
     *
     * @param patience how long a connection that is to close waits for its streams
     */
    HttpPipelines(Optional<SslContext> tls, int maxBodyBytes, Duration patience, Supplier<Connection> connection) {
        this.tls = tls;
        this.maxBodyBytes = maxBodyBytes;
        this.patience = patience;
        this.connection = connection;
    }

    /** Fills the pipeline of a new channel. */
    void open(Channel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        pipeline.addLast(new IdleStateHandler(true, 0, 0, IDLE_SECONDS, TimeUnit.SECONDS));
        if (tls.isPresent()) {
            pipeline.addLast(tls.get().newHandler(channel.alloc()));
            pipeline.addLast(new ApplicationProtocolNegotiationHandler(ApplicationProtocolNames.HTTP_1_1) {
                @Override
                protected void configurePipeline(ChannelHandlerContext ctx, String protocol) {
                    if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                        addHttp2(ctx.pipeline());
                    } else {
                        ctx.pipeline().addLast(http1Codec());
                        addHttp1(ctx.pipeline());
                    }
                }
            });
        } else {
            addClear(pipeline);
        }
    }

    private void addClear(ChannelPipeline pipeline) {
        HttpServerCodec codec = http1Codec();
        HttpServerUpgradeHandler upgrade = new HttpServerUpgradeHandler(
                codec,
                protocol -> AsciiString.contentEquals(Http2CodecUtil.HTTP_UPGRADE_PROTOCOL_NAME, protocol)
                        ? new Http2ServerUpgradeCodec(
                                frameCodec(), multiplexer(), new Http2Idle(), new Http1Removal(http1Of(pipeline)))
                        : null,
                maxBodyBytes,
                UPGRADE_ON_FIRST_REQUEST_ONLY);
        pipeline.addLast(new CleartextHttp2ServerUpgradeHandler(codec, upgrade, new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                http1Of(channel.pipeline()).forEach(channel.pipeline()::remove);
                addHttp2(channel.pipeline());
            }
        }));
        addHttp1(pipeline);
    }

    private static HttpServerCodec http1Codec() {
        return new HttpServerCodec(new HttpDecoderConfig(), MAX_PIPELINED_REQUESTS);
    }

    private void addHttp1(ChannelPipeline pipeline) {
        // Holds back what a client has sent ahead while its request before that is answered.
        pipeline.addLast(new FlowControlHandler());
        addBodies(pipeline);
    }

    private void addBodies(ChannelPipeline pipeline) {
        pipeline.addLast(new Packing(maxBodyBytes));
        pipeline.addLast(new BodyAggregator(maxBodyBytes));
        pipeline.addLast(connection.get());
    }

    /** What {@link #addHttp1} has added. */
    private static List<ChannelHandler> http1Of(ChannelPipeline pipeline) {
        return pipeline.toMap().values().stream()
                .filter(handler -> handler instanceof FlowControlHandler
                        || handler instanceof Packing
                        || handler instanceof BodyAggregator
                        || handler instanceof Connection)
                .toList();
    }

    private void addHttp2(ChannelPipeline pipeline) {
        pipeline.addLast(frameCodec());
        pipeline.addLast(multiplexer());
        pipeline.addLast(new Http2Idle());
    }

    private Http2FrameCodec frameCodec() {
        return Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(MAX_STREAMS)
                        .initialWindowSize(WINDOW_BYTES)
                        .maxHeaderListSize(MAX_HTTP2_HEADER_BYTES))
                .gracefulShutdownTimeoutMillis(patience.toMillis())
                .build();
    }

    private Http2MultiplexHandler multiplexer() {
        return new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true));
                addBodies(stream.pipeline());
            }
        });
    }

    /** Removes the handlers of HTTP/1.1 from a pipeline that has become one of HTTP/2, and itself. */
    private static final class Http1Removal extends ChannelInboundHandlerAdapter {
        private final List<ChannelHandler> handlers;

        Http1Removal(List<ChannelHandler> handlers) {
            this.handlers = handlers;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            handlers.forEach(ctx.pipeline()::remove);
            ctx.pipeline().remove(this);
        }
    }
}

package io.skiff.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.compression.StandardCompressionOptions;
import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Makes room for itself to the handlers that unpack bodies and pack answers, with the first request that speaks of either.
 * Most clients never do, and what stands in a pipeline takes its time of every request.
 */
final class Packing extends ChannelInboundHandlerAdapter {
    /** Smaller answers go out as they are: packing them would cost more than it saves. */
    private static final int MIN_COMPRESSED_BYTES = 1024;

    private final int maxBodyBytes;

    /** @param maxBodyBytes how much of a body is unpacked at a time */
    Packing(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request && concerns(request.headers())) {
            ctx.pipeline()
                    .addAfter(ctx.name(), null, new HttpContentDecompressor(maxBodyBytes))
                    .addAfter(
                            ctx.name(),
                            null,
                            new HttpContentCompressor(
                                    MIN_COMPRESSED_BYTES,
                                    StandardCompressionOptions.gzip(),
                                    StandardCompressionOptions.deflate()));
            ctx.fireChannelRead(message);
            ctx.pipeline().remove(this);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private static boolean concerns(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.ACCEPT_ENCODING) || headers.contains(HttpHeaderNames.CONTENT_ENCODING);
    }
}

package io.skiff.server.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;

/** Gathers a request's body up to a limit, beyond which it answers and reads the rest without keeping it. */
final class BodyAggregator extends HttpObjectAggregator {
    private final int maxBodyBytes;

    BodyAggregator(int maxBodyBytes) {
        super(maxBodyBytes);
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        Response response = new RestException(
                        413,
                        "content_too_long_exception",
                        "the body of the request is larger than " + maxBodyBytes + " bytes")
                .response(Requests.unreadable());
        ctx.writeAndFlush(Responses.of(response, true, false)).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}

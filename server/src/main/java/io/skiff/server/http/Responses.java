package io.skiff.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.skiff.server.rest.Response;

/** From our answers to Netty's. */
final class Responses {
    private Responses() {}

    /**
     * The answer with what every answer carries; clients of Elasticsearch talk to nobody without the product's header.
     *
     * @param headersOnly without the body whose length it tells, as {@code HEAD} is answered
     */
    static FullHttpResponse of(Response response, boolean keepAlive, boolean headersOnly) {
        FullHttpResponse http = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                headersOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body()));
        http.headers()
                .set("X-Elastic-Product", "Elasticsearch")
                .set("X-Content-Type-Options", "nosniff")
                .set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
        response.headers().forEach(http.headers()::set);
        HttpUtil.setContentLength(http, response.body().length);
        if (!keepAlive) {
            http.headers().set(HttpHeaderNames.CONNECTION, "close");
        }
        return http;
    }
}

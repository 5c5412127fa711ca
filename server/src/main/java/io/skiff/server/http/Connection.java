package io.skiff.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.AttributeKey;
import io.skiff.server.rest.Cancellation;
import io.skiff.server.rest.Lane;
import io.skiff.server.rest.Request;
import io.skiff.server.rest.Response;
import io.skiff.server.rest.RestException;
import io.skiff.server.rest.Router;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: takes one request at a time, so that answers leave in the order of the questions and a client that
 * does not read its answers is not read from either. All fields belong to the connection's event loop.
 *
 * <pre>
 *   WAITING --request--> ANSWERING --answer ready--> WRITING --written--> WAITING, or closed
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // of closing a connection: there is nobody left to tell
final class Connection extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private enum State {
        WAITING,
        ANSWERING,
        WRITING
    }

    /** On a channel: requests that are being answered on it or, with HTTP/2, on its streams. */
    private static final AttributeKey<AtomicInteger> UNDER_WAY = AttributeKey.valueOf(Connection.class, "underWay");

    private final Router router;
    private final Function<Lane, WorkPool> pools;
    private final Runnable onCancel;
    private State state = State.WAITING;
    private boolean keepAlive = true;
    private boolean headersOnly;
    private Cancellation cancellation = new Cancellation();

    /**
     * Answers by {@code router}.
     *
     * @param pools where the work of the lanes is done that do not answer at once
     * @param onCancel run where a client hangs up before its answer
     */
    Connection(Router router, Function<Lane, WorkPool> pools, Runnable onCancel) {
        this.router = router;
        this.pools = pools;
        this.onCancel = onCancel;
    }

    /** How many requests are being answered on a connection. */
    static int underWay(Channel connection) {
        AtomicInteger count = connection.attr(UNDER_WAY).get();
        return count == null ? 0 : count.get();
    }

    private static AtomicInteger counter(Channel channel) {
        Channel connection = channel instanceof Http2StreamChannel ? channel.parent() : channel;
        connection.attr(UNDER_WAY).setIfAbsent(new AtomicInteger());
        return connection.attr(UNDER_WAY).get();
    }

    /** Closes the connection as soon as no request is under way on it. To be called on the event loop. */
    void drain(ChannelHandlerContext ctx) {
        keepAlive = false;
        if (state == State.WAITING) {
            ctx.close();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest http) {
        ctx.channel().config().setAutoRead(false);
        state = State.ANSWERING;
        keepAlive &= HttpUtil.isKeepAlive(http);
        headersOnly = http.method().equals(HttpMethod.HEAD);
        if (http.decoderResult().isFailure()) {
            refuse(ctx, http.decoderResult());
            return;
        }
        Request request;
        cancellation = new Cancellation(() -> ctx.executor().execute(Connection::wakeUp));
        try {
            request = Requests.of(http, cancellation);
        } catch (IllegalArgumentException e) {
            answer(ctx, badRequest("cannot read the address of the request: " + e.getMessage()));
            return;
        }
        Router.Work work = router.route(request);
        if (work.lane() == Lane.IMMEDIATE) {
            answer(ctx, work.answer().get());
            return;
        }
        counter(ctx.channel()).incrementAndGet();
        try {
            pools.apply(work.lane()).execute(() -> {
                Response response = work.answer().get();
                ctx.executor().execute(() -> {
                    counter(ctx.channel()).decrementAndGet();
                    answer(ctx, response);
                });
            });
            watchForHangUp(ctx);
        } catch (RejectedExecutionException e) {
            counter(ctx.channel()).decrementAndGet();
            answer(ctx, new RestException(429, "es_rejected_execution_exception", e.getMessage()).response(request));
        }
    }

    /**
     * Reads from the socket once more, without taking another request, since only reading tells that the client is gone.
     * If the client sends ahead, its next request is read by this, and it is not seen to go.
     */
    private static void watchForHangUp(ChannelHandlerContext ctx) {
        ChannelHandlerContext before = ctx.pipeline().context(FlowControlHandler.class);
        if (before != null) {
            before.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        if (state == State.ANSWERING) {
            cancellation.cancel();
            onCancel.run();
        }
        super.channelInactive(ctx);
    }

    /** What an event loop is given to do so that it wakes up. */
    private static void wakeUp() {}

    /** The rest of what this client sends cannot be told apart any more, so this is the last answer it gets. */
    private void refuse(ChannelHandlerContext ctx, DecoderResult result) {
        keepAlive = false;
        answer(
                ctx,
                switch (result.cause()) {
                    case TooLongHttpLineException e -> error(414, "the address of the request is too long");
                    case TooLongHttpHeaderException e -> error(431, "the headers of the request are too long");
                    default ->
                        badRequest("this is no request that can be read: "
                                + result.cause().getMessage());
                });
    }

    private static Response badRequest(String reason) {
        return error(400, reason);
    }

    private static Response error(int status, String reason) {
        return new RestException(status, "bad_request_exception", reason).response(Requests.unreadable());
    }

    private void answer(ChannelHandlerContext ctx, Response response) {
        state = State.WRITING;
        ctx.writeAndFlush(Responses.of(response, keepAlive, headersOnly)).addListener((ChannelFuture written) -> {
            state = State.WAITING;
            if (keepAlive && written.isSuccess()) {
                ctx.channel().config().setAutoRead(true);
            } else {
                ctx.close();
            }
        });
    }

    /** No byte has come or gone for a while: the client is gone, or does not read what it asked for. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event instanceof IdleStateEvent && state != State.ANSWERING) {
            ctx.close();
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof DecoderException && state == State.WAITING) {
            state = State.ANSWERING;
            keepAlive = false;
            answer(ctx, badRequest("the body of the request cannot be unpacked: " + cause.getMessage()));
            return;
        }
        if (!(cause instanceof IOException || cause instanceof PrematureChannelClosureException)) {
            // Those only say that the client has hung up.
            LOG.warn("connection to {} failed", ctx.channel().remoteAddress(), cause);
        }
        ctx.close();
    }
}

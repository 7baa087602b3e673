package org.scepgate.platform;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.LongSupplier;

/**
 * Knows of one connection of HTTP/1 since when a request has been coming in that is not whole yet.
 *
 * <p>It stands behind the decoder, so that a read without a message is a piece of a head. While an answer is under way,
 * what comes in for the next request does not count.
 */
final class ArrivingRequest extends ChannelDuplexHandler {
    private static final long NONE = Long.MIN_VALUE;

    private final LongSupplier clock;
    private long begun = NONE;
    private boolean inBody;
    private boolean answering;
    private int unanswered;
    private boolean sawMessage;

    /** @param clock nanoseconds of {@link System#nanoTime()} */
    ArrivingRequest(LongSupplier clock) {
        this.clock = clock;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        sawMessage = true;
        if (message instanceof HttpRequest) {
            unanswered++;
            inBody = true;
        }
        // Also a body whose head came before this handler.
        if (message instanceof HttpContent || message instanceof HttpRequest) {
            begin();
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
            begun = NONE;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!sawMessage && unanswered == 0) {
            begin();
        }
        sawMessage = false;
        context.fireChannelReadComplete();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            context.write(message, promise);
            return;
        }
        if (message instanceof HttpResponse || message instanceof HttpContent) {
            answering = true;
            unanswered = Math.max(unanswered, 1);
        }
        if (message instanceof LastHttpContent) {
            answering = false;
            unanswered--;
        }
        context.write(message, promise);
    }

    private void begin() {
        if (begun == NONE) {
            begun = clock.getAsLong();
        }
    }

    boolean isSlowerThan(long nanoseconds) {
        return begun != NONE && clock.getAsLong() - begun > nanoseconds;
    }

    /** With 408, unless that could be taken for the answer to another request. */
    void end(ChannelHandlerContext context) {
        int own = inBody ? 1 : 0;
        if (answering || unanswered > own) {
            context.close();
            return;
        }
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_TIMEOUT, Unpooled.EMPTY_BUFFER);
        answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}

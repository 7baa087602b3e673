package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.channels.ClosedChannelException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnreadAnswersTest {
    private static final int MEGABYTE = 1024 * 1024;

    private final UnreadAnswers answers = new UnreadAnswers(4 * MEGABYTE);

    /** A connection to somebody who takes nothing: what is flushed stays. */
    private EmbeddedChannel deaf() {
        return new EmbeddedChannel(new Slow(), answers.handler(), new ClosingOnceAllIsWritten());
    }

    private static FullHttpResponse answer(int length) {
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.OK,
                Unpooled.buffer(length).writeZero(length));
    }

    private static HttpContent piece(int length) {
        return new DefaultHttpContent(Unpooled.buffer(length).writeZero(length));
    }

    @Test
    void countsNothingOfWhatTheSystemTakes() {
        EmbeddedChannel channel = new EmbeddedChannel(answers.handler());

        for (int i = 0; i < 100; i++) {
            channel.writeOutbound(answer(MEGABYTE));
        }

        assertThat(channel.isOpen()).isTrue();
        assertThat(answers.held()).isZero();
        channel.releaseOutbound();
    }

    @Test
    void closesAConnectionThatAsksForMoreWhileAMegabyteIsUnread() {
        EmbeddedChannel channel = deaf();
        channel.writeAndFlush(answer(MEGABYTE - 1000));
        channel.writeAndFlush(answer(MEGABYTE));
        channel.writeAndFlush(piece(MEGABYTE));
        assertThat(channel.isOpen()).as("one answer on top, however large").isTrue();

        FullHttpResponse more = answer(10);
        ChannelFuture refused = channel.write(more);

        assertThat(channel.isOpen()).isFalse();
        assertThat(refused.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(more.refCnt()).isZero();
        assertThat(answers.held()).isZero();
    }

    @Test
    void closesWhatIsUnreadForLongestWhereAllTogetherHoldTooMuch() {
        EmbeddedChannel oldest = deaf();
        EmbeddedChannel older = deaf();
        EmbeddedChannel newest = deaf();
        oldest.writeAndFlush(answer(2 * MEGABYTE - 1000));
        older.writeAndFlush(answer(2 * MEGABYTE - 1000));
        assertThat(oldest.isOpen()).isTrue();

        newest.writeAndFlush(answer(MEGABYTE));
        oldest.runPendingTasks();

        assertThat(oldest.isOpen()).isFalse();
        assertThat(older.isOpen()).isTrue();
        assertThat(newest.isOpen()).isTrue();
        assertThat(answers.held()).isBetween(3L * MEGABYTE - 2000, 3L * MEGABYTE + 2000);
        Stream.of(older, newest).forEach(channel -> channel.unsafe().close(channel.voidPromise()));
        assertThat(answers.held()).isZero();
    }

    @Test
    void sparesWhoReadsThoughItHasBeenAtItForLongest() {
        Slow line = new Slow();
        EmbeddedChannel reader = new EmbeddedChannel(line, answers.handler());
        reader.writeAndFlush(answer(MEGABYTE - 1000));
        reader.writeAndFlush(answer(MEGABYTE));
        EmbeddedChannel deaf = deaf();
        deaf.writeAndFlush(answer(MEGABYTE));

        line.letOneThrough(reader);
        reader.pipeline().get(UnreadAnswers.Connection.class).look();
        deaf().writeAndFlush(answer(5 * MEGABYTE / 2));

        deaf.runPendingTasks();
        assertThat(reader.isOpen()).isTrue();
        assertThat(deaf.isOpen()).isFalse();
    }

    /** As Vert.x does. */
    private static final class ClosingOnceAllIsWritten extends ChannelOutboundHandlerAdapter {
        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> context.close(promise));
        }
    }

    /** Lets nothing out but what it is told to. */
    private static final class Slow extends ChannelOutboundHandlerAdapter {
        @Override
        public void flush(ChannelHandlerContext context) {
            // Not yet.
        }

        void letOneThrough(EmbeddedChannel channel) {
            ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
            buffer.addFlush();
            buffer.remove();
        }
    }
}

package org.scepgate.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class UnreadAnswersTest {
    private static final int MEGABYTE = 1024 * 1024;

    private final UnreadAnswers answers = new UnreadAnswers(4 * MEGABYTE);

    /** A connection to somebody who takes nothing: what is flushed stays. */
    private EmbeddedChannel deaf() {
        return new EmbeddedChannel(
                new ChannelOutboundHandlerAdapter() {
                    @Override
                    public void flush(ChannelHandlerContext context) {
                        // Nothing goes out.
                    }
                },
                answers.handler());
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
        channel.write(answer(MEGABYTE - 1000));
        channel.write(answer(MEGABYTE));
        channel.write(piece(MEGABYTE));
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
        oldest.write(answer(2 * MEGABYTE - 1000));
        older.write(answer(2 * MEGABYTE - 1000));
        assertThat(oldest.isOpen()).isTrue();

        newest.write(answer(MEGABYTE));
        oldest.runPendingTasks();

        assertThat(oldest.isOpen()).isFalse();
        assertThat(older.isOpen()).isTrue();
        assertThat(newest.isOpen()).isTrue();
        assertThat(answers.held()).isBetween(3L * MEGABYTE - 2000, 3L * MEGABYTE + 2000);
        older.close();
        newest.close();
        assertThat(answers.held()).isZero();
    }
}

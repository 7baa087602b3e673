package org.scepgate.platform;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.nio.channels.ClosedChannelException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what answers that nobody reads hold of the memory outside the heap, which is as large as the heap: strangers may
 * ask for one after the other and read none, or a byte at a time, over as many connections as they like.
 *
 * <p>Only connections count whose answers are more than the system takes; what is read as it comes costs nothing here.
 */
@Singleton
class UnreadAnswers {
    private static final int SHARE = 4;

    /** Of one connection, before another answer: a CRL may be larger, and is asked for alone. */
    private static final long MOST_OF_ONE = 1024 * 1024;

    private final long most;
    private final AtomicLong held = new AtomicLong();
    // Those that came to be full first are first.
    private final Queue<Connection> full = new ConcurrentLinkedQueue<>();
    private final ShedLog shed = new ShedLog("answers that nobody read took a quarter of the memory for them");

    UnreadAnswers() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param most bytes of all connections together */
    UnreadAnswers(long most) {
        this.most = most;
    }

    /** For one connection of HTTP/1, between its encoder and what writes the answers. */
    ChannelHandler handler() {
        return new Connection();
    }

    long held() {
        return held.get();
    }

    /** The one that has been full for longest goes: who reads, however slowly, seldom is. */
    private void makeRoom() {
        while (held.get() > most) {
            Connection oldest = full.poll();
            if (oldest == null) {
                return;
            }
            shed.add();
            oldest.giveUp();
        }
    }

    private final class Connection extends ChannelDuplexHandler {
        private Channel channel;
        private long unread;
        private boolean givenUp;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = context.channel();
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            if (!channel.isWritable()) {
                // What was not even offered yet is not what nobody reads.
                context.flush();
            }
            // One answer may be as long as it likes and come in pieces: only another one on top of it is refused.
            if (message instanceof HttpResponse && pending() > MOST_OF_ONE) {
                ReferenceCountUtil.release(message);
                promise.tryFailure(new ClosedChannelException());
                context.close();
                return;
            }
            context.write(message, promise);
            count();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            count();
            context.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            count(0);
            context.fireChannelInactive();
        }

        private void count() {
            count(channel.isWritable() ? 0 : pending());
        }

        private void count(long now) {
            note(now);
            makeRoom();
        }

        private synchronized void note(long now) {
            if (givenUp) {
                return;
            }
            if (now > 0 && unread == 0) {
                full.add(this);
            } else if (now == 0 && unread > 0) {
                full.remove(this);
            }
            held.addAndGet(now - unread);
            unread = now;
        }

        /** In bytes, of what the system has not taken. */
        private long pending() {
            ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
            return buffer == null ? 0 : buffer.totalPendingWriteBytes();
        }

        /** By any thread; what it holds will soon be free. */
        private synchronized void giveUp() {
            givenUp = true;
            held.addAndGet(-unread);
            channel.close();
        }
    }
}

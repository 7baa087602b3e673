package org.scepgate.platform;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import jakarta.inject.Singleton;
import java.nio.channels.ClosedChannelException;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what answers that nobody reads hold of the memory outside the heap, which is as large as the heap: strangers may
 * ask for one after the other and read none, or a byte at a time, over as many connections as they like.
 *
 * <p>What the system takes at once, as it does nearly always, is never counted.
 */
@Singleton
class UnreadAnswers {
    private static final int SHARE = 4;

    /** Of one connection, before another answer: a CRL may be larger, and is asked for alone. */
    private static final long MOST_OF_ONE = 1024 * 1024;

    private final long most;
    private final AtomicLong held = new AtomicLong();
    private final Set<Connection> waiting = ConcurrentHashMap.newKeySet();
    private final ShedLog shed = new ShedLog("answers that nobody read took a quarter of the memory for them");

    UnreadAnswers() {
        this(Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param most bytes of all connections together */
    UnreadAnswers(long most) {
        this.most = most;
    }

    /** For one connection of HTTP/1, between its encoder and what writes the answers. */
    Connection handler() {
        return new Connection();
    }

    long held() {
        return held.get();
    }

    /** Who has read nothing for longest goes: who reads, however slowly, does not. */
    private void makeRoom() {
        while (held.get() > most) {
            Connection stalled = waiting.stream()
                    .min(Comparator.comparingLong(Connection::progress))
                    .orElse(null);
            if (stalled == null) {
                return;
            }
            if (stalled.giveUp()) {
                shed.add();
            }
        }
    }

    final class Connection extends ChannelDuplexHandler {
        private Channel channel;
        private long unread;
        // Of System.nanoTime().
        private volatile long progress;
        private boolean givenUp;

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = context.channel();
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            // One answer may be as long as it likes and come in pieces: only another one on top of it is refused.
            if (message instanceof HttpResponse && pending() > MOST_OF_ONE && isUnread(context)) {
                ReferenceCountUtil.release(message);
                promise.tryFailure(new ClosedChannelException());
                end();
                return;
            }
            context.write(message, promise);
        }

        /** What was not even offered yet is not what nobody reads. */
        private boolean isUnread(ChannelHandlerContext context) {
            flush(context);
            return pending() > MOST_OF_ONE;
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            context.flush();
            look();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            // What is written and not flushed yet may still be taken at once.
            if (channel.isWritable()) {
                look();
            }
            context.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            note(0);
            context.fireChannelInactive();
        }

        /** On the connection's own thread; also once in a while, for what is read without anything being written. */
        void look() {
            if (note(pending())) {
                makeRoom();
            }
        }

        /** Whether it is more than before. */
        private synchronized boolean note(long now) {
            if (givenUp || now == unread) {
                return false;
            }
            boolean more = now > unread;
            if (!more || unread == 0) {
                progress = System.nanoTime();
            }
            held.addAndGet(now - unread);
            unread = now;
            if (now == 0) {
                waiting.remove(this);
            } else {
                waiting.add(this);
            }
            return more;
        }

        private long progress() {
            return progress;
        }

        /** In bytes, of what the system has not taken. */
        private long pending() {
            ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
            return buffer == null ? 0 : buffer.totalPendingWriteBytes();
        }

        /** By any thread; false if there is nothing to be had any more. */
        private boolean giveUp() {
            synchronized (this) {
                waiting.remove(this);
                if (givenUp || unread == 0) {
                    return false;
                }
                givenUp = true;
                held.addAndGet(-unread);
                unread = 0;
            }
            channel.eventLoop().execute(this::end);
            return true;
        }

        /** Not by the pipeline, where Vert.x closes a connection once all is written, and TLS says goodbye first. */
        private void end() {
            channel.unsafe().close(channel.voidPromise());
        }
    }
}

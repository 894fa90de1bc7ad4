package dev.bailey.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * Bytes on their way from one handler to the client, each piece sent at once.
 *
 * <p>A writer waits while {@link Limits#MAX_OUTBOUND_BYTES} are under way, for as long as the client takes: what a
 * stopped client costs is one waiting virtual thread.
 */
final class OutboundBytes extends OutputStream {
    private final ChannelHandlerContext context;
    private final Function<ByteBuf, Object> frame;
    private final Runnable atEnd;
    private boolean closed;

    /**
     * Creates a stream over a connection.
     *
     * @param frame makes the message that the connection's pipeline takes for some bytes
     * @param atEnd runs at the first {@link #close}
     */
    OutboundBytes(ChannelHandlerContext context, Function<ByteBuf, Object> frame, Runnable atEnd) {
        this.context = context;
        this.frame = frame;
        this.atEnd = atEnd;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (closed) {
            throw new IOException("the answer has ended");
        }
        if (length == 0) {
            return;
        }
        ChannelFuture sent = context.writeAndFlush(frame.apply(Unpooled.copiedBuffer(source, offset, length)));
        if (!context.channel().isWritable() || sent.isDone()) {
            await(sent);
        }
    }

    private static void await(ChannelFuture sent) throws IOException {
        try {
            sent.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the client took its time", e);
        }
        if (sent.cause() != null) {
            throw new ClientGoneException(sent.cause());
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            atEnd.run();
        }
    }
}

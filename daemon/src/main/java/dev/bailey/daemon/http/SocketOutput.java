package dev.bailey.daemon.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * What a client receives, each write at once. A writer waits for as long as the client takes: what a stopped client costs
 * is the socket's buffer and one waiting virtual thread.
 */
final class SocketOutput extends OutputStream {
    private final SocketChannel channel;

    SocketOutput(SocketChannel channel) {
        this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset;
        try {
            while (at < end) {
                at += channel.write(ByteBuffer.wrap(source, at, Math.min(end - at, Limits.MAX_WRITE_BYTES)));
            }
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }
}

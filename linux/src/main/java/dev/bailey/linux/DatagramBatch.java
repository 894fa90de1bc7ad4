package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.DatagramSlots;

/**
 * IPv4 datagrams that one call receives from a socket, and the answers to them, which another sends; memory to be used again
 * and again by one thread.
 */
public final class DatagramBatch {
    private static final int WOULD_WAIT = -Errno.EAGAIN.number();

    private final DatagramSlots slots;

    /**
     * Memory for some datagrams.
     *
     * @param datagrams how many one call receives at most
     * @param receiveBytes the longest that is received whole
     * @param sendBytes the longest answer
     */
    public DatagramBatch(int datagrams, int receiveBytes, int sendBytes) {
        this.slots = new DatagramSlots(datagrams, receiveBytes, sendBytes);
    }

    /** Receives what there is without waiting, and forgets what was received and answered before; returns how many. */
    public int receive(UdpSocket socket) throws LinuxException {
        FileDescriptor descriptor = socket.descriptor();
        int fd = descriptor.acquire();
        try {
            int count = slots.receive(fd);
            return count == WOULD_WAIT ? 0 : LinuxException.check(count, "receive from", descriptor);
        } finally {
            descriptor.release();
        }
    }

    /** Copies a datagram to the start of {@code target}; returns its length, or -1 when it was too long to be received. */
    public int copy(int index, byte[] target) {
        return slots.copy(index, target);
    }

    /** Whom a datagram came from, in a form that {@link UdpSocket#sendTo} takes. */
    public long peer(int index) {
        return slots.peer(index);
    }

    /** Answers a datagram; {@link #send} sends it. */
    public void answer(int index, byte[] data, int length) {
        slots.answer(index, data, length);
    }

    /** Sends the answers as far as there is room; the others are dropped, as a network may do. */
    public void send(UdpSocket socket) throws LinuxException {
        if (slots.answers() == 0) {
            return;
        }
        FileDescriptor descriptor = socket.descriptor();
        int fd = descriptor.acquire();
        try {
            int first = 0;
            while (first < slots.answers()) {
                int sent = slots.send(fd, first);
                if (sent == WOULD_WAIT) {
                    return;
                }
                // One that cannot be sent, as its sender is gone, must not keep the others.
                first += sent < 0 ? 1 : sent;
            }
        } finally {
            descriptor.release();
        }
    }
}

package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Native memory for datagrams that are received, and answered, many in one call; for one thread.
 *
 * <p>Of each slot, the address that a datagram came from is the one that its answer goes to, without a copy.
 *
 * <pre>
 * struct mmsghdr (sys/socket.h), 64-bit
 *  0  void* name, 8 u32 namelen, 16 iovec* iov, 24 u64 iovlen, 32 void* control, 40 u64 controllen, 48 i32 flags
 *  56 u32 length
 * struct iovec: 0 void* base, 8 u64 length
 * struct sockaddr_in: u16 family | be16 port | u8 address[4] | 8 zeros
 * </pre>
 */
public final class DatagramSlots {
    private static final NativeFunction RECVMMSG = NativeFunction.of("recvmmsg", 5);
    private static final NativeFunction SENDMMSG = NativeFunction.of("sendmmsg", 4);

    private static final int HEADER_BYTES = 64;
    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int IOV_OFFSET = 16;
    private static final int IOV_COUNT_OFFSET = 24;
    private static final int FLAGS_OFFSET = 48;
    private static final int LENGTH_OFFSET = 56;
    private static final int IOV_BYTES = 16;
    private static final int NAME_BYTES = 16;
    private static final int ADDRESS_AND_PORT_OFFSET = 0;
    private static final short AF_INET = 2;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_TRUNC = 0x20;

    private final int slots;
    private final int receiveBytes;
    private final int sendBytes;
    private final MemorySegment names;
    private final MemorySegment received;
    private final MemorySegment receiveHeaders;
    private final MemorySegment receiveVectors;
    private final MemorySegment sent;
    private final MemorySegment sendHeaders;
    private final MemorySegment sendVectors;
    private int answers;
    /** Of how many slots the kernel has written the length of the sender's address, which is to be the room for it again. */
    private int filled;

    /**
     * Memory for some datagrams, which goes when this object has gone.
     *
     * @param slots how many are received in one call
     * @param receiveBytes the longest that is received whole
     * @param sendBytes the longest that is sent
     */
    public DatagramSlots(int slots, int receiveBytes, int sendBytes) {
        this.slots = slots;
        this.receiveBytes = receiveBytes;
        this.sendBytes = sendBytes;
        Arena arena = Arena.ofAuto();
        names = arena.allocate((long) slots * NAME_BYTES, Long.BYTES);
        received = arena.allocate((long) slots * receiveBytes, Long.BYTES);
        receiveHeaders = arena.allocate((long) slots * HEADER_BYTES, Long.BYTES);
        receiveVectors = arena.allocate((long) slots * IOV_BYTES, Long.BYTES);
        sent = arena.allocate((long) slots * sendBytes, Long.BYTES);
        sendHeaders = arena.allocate((long) slots * HEADER_BYTES, Long.BYTES);
        sendVectors = arena.allocate((long) slots * IOV_BYTES, Long.BYTES);
        for (int slot = 0; slot < slots; slot++) {
            link(receiveHeaders, receiveVectors, slot, received.address() + (long) slot * receiveBytes, receiveBytes);
            link(sendHeaders, sendVectors, slot, sent.address() + (long) slot * sendBytes, 0);
            receiveHeaders.set(JAVA_LONG, (long) slot * HEADER_BYTES, names.address() + (long) slot * NAME_BYTES);
        }
        filled = slots;
    }

    private static void link(MemorySegment headers, MemorySegment vectors, int slot, long buffer, int length) {
        long vector = (long) slot * IOV_BYTES;
        vectors.set(JAVA_LONG, vector, buffer);
        vectors.set(JAVA_LONG, vector + Long.BYTES, length);
        long header = (long) slot * HEADER_BYTES;
        headers.set(JAVA_LONG, header + IOV_OFFSET, vectors.address() + vector);
        headers.set(JAVA_LONG, header + IOV_COUNT_OFFSET, 1);
    }

    /** {@code recvmmsg(2)} without waiting: how many datagrams there are now, or the negated errno. */
    public int receive(int fd) {
        for (int slot = 0; slot < filled; slot++) {
            receiveHeaders.set(JAVA_INT, (long) slot * HEADER_BYTES + NAME_LENGTH_OFFSET, NAME_BYTES);
        }
        answers = 0;
        int count = RECVMMSG.call(fd, receiveHeaders.address(), slots, MSG_DONTWAIT, 0);
        filled = Math.max(count, 0);
        return count;
    }

    /** Copies a datagram that was received; returns its length, or -1 when it was cut. */
    public int copy(int slot, byte[] target) {
        long header = (long) slot * HEADER_BYTES;
        if ((receiveHeaders.get(JAVA_INT, header + FLAGS_OFFSET) & MSG_TRUNC) != 0) {
            return -1;
        }
        int length = receiveHeaders.get(JAVA_INT, header + LENGTH_OFFSET);
        MemorySegment.copy(received, JAVA_BYTE, (long) slot * receiveBytes, target, 0, length);
        return length;
    }

    /** The IPv4 address and port that a datagram came from, as {@link InetCalls#sendTo} takes it. */
    public long peer(int slot) {
        return names.get(JAVA_LONG, (long) slot * NAME_BYTES + ADDRESS_AND_PORT_OFFSET);
    }

    /** Writes the address that {@link #peer} gave. */
    static void writePeer(MemorySegment struct, long offset, long peer) {
        struct.set(JAVA_LONG, offset, peer);
        struct.set(JAVA_LONG, offset + Long.BYTES, 0);
        struct.set(JAVA_SHORT, offset, AF_INET);
    }

    /** Puts an answer to the datagram of a slot behind those that wait to be sent. */
    public void answer(int slot, byte[] data, int length) {
        if (length > sendBytes) {
            throw new IllegalArgumentException(length + " bytes do not fit a datagram of " + sendBytes);
        }
        MemorySegment.copy(data, 0, sent, JAVA_BYTE, (long) answers * sendBytes, length);
        sendVectors.set(JAVA_LONG, (long) answers * IOV_BYTES + Long.BYTES, length);
        long header = (long) answers * HEADER_BYTES;
        sendHeaders.set(JAVA_LONG, header, names.address() + (long) slot * NAME_BYTES);
        sendHeaders.set(JAVA_INT, header + NAME_LENGTH_OFFSET, NAME_BYTES);
        answers++;
    }

    /** How many answers wait to be sent. */
    public int answers() {
        return answers;
    }

    /** {@code sendmmsg(2)} without waiting of the answers from one on: how many were sent, or the negated errno. */
    public int send(int fd, int first) {
        return SENDMMSG.call(fd, sendHeaders.address() + (long) first * HEADER_BYTES, answers - first, MSG_DONTWAIT);
    }
}

package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.FileCalls;
import dev.bailey.linux.internal.ffi.SocketCalls;
import dev.bailey.linux.internal.ffi.SocketCalls.Datagram;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A netlink socket, which stays in the network namespace of the thread that opened it.
 *
 * <p>It asks the kernel for extended acknowledgements and checks requests strictly where the kernel
 * can. One thread sends and receives at a time; any thread may close, which wakes a blocked receiver.
 * Calls block, so they are refused on virtual threads, whose carriers they would hold.
 */
public final class NetlinkSocket implements AutoCloseable {

    /** Protocol of links, addresses and routes: {@code NETLINK_ROUTE} of {@code linux/netlink.h}. */
    public static final int ROUTE = 0;

    /** Protocol of nf_tables and conntrack: {@code NETLINK_NETFILTER} of {@code linux/netlink.h}. */
    public static final int NETFILTER = 12;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 02000000;
    private static final int EFD_CLOEXEC_NONBLOCK = 02000000 | 04000;

    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_ADD_MEMBERSHIP = 1;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NETLINK_GET_STRICT_CHK = 12;

    private static final int MSG_TRUNC = 0x20;
    private static final int MSG_DONTWAIT = 0x40;

    private final FileDescriptor socket;
    private final FileDescriptor wake;
    private final int portId;

    private NetlinkSocket(FileDescriptor socket, FileDescriptor wake, int portId) {
        this.socket = socket;
        this.wake = wake;
        this.portId = portId;
    }

    /**
     * Opens and binds a socket of {@code protocol} in the network namespace of the calling thread.
     *
     * @throws LinuxException with {@code EPROTONOSUPPORT} when the kernel lacks the protocol
     */
    public static NetlinkSocket open(int protocol) throws LinuxException {
        String name = "netlink socket of protocol " + protocol;
        FileDescriptor socket = FileDescriptor.adopt(
                LinuxException.check(SocketCalls.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, protocol), "open", name), name);
        try {
            int fd = socket.number();
            LinuxException.check(SocketCalls.bindNetlink(fd), "bind", name);
            setOption(fd, NETLINK_CAP_ACK, 1);
            setOption(fd, NETLINK_EXT_ACK, 1);
            setOption(fd, NETLINK_GET_STRICT_CHK, 1);
            int portId = (int) LinuxException.check(SocketCalls.netlinkPortId(fd), "read the port of", name);
            int wake = LinuxException.check(FileCalls.eventfd(EFD_CLOEXEC_NONBLOCK), "open", "eventfd");
            return new NetlinkSocket(socket, FileDescriptor.adopt(wake, "eventfd"), portId);
        } catch (LinuxException failure) {
            socket.close();
            throw failure;
        }
    }

    // Older kernels lack some of these; without them errors say less, and nothing else changes.
    private static void setOption(int fd, int option, int value) throws LinuxException {
        int result = SocketCalls.setOption(fd, SOL_NETLINK, option, value);
        if (result != -Errno.ENOPROTOOPT.number()) {
            LinuxException.check(result, "set netlink option", option);
        }
    }

    /** The address of this socket: what the kernel puts into the messages meant for it. */
    public int portId() {
        return portId;
    }

    /** Joins a multicast group, numbered as in {@code RTNLGRP_*} or {@code NFNLGRP_*}. */
    public void join(int group) throws LinuxException {
        int fd = socket.acquire();
        try {
            LinuxException.check(
                    SocketCalls.setOption(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, group), "join netlink group", group);
        } finally {
            socket.release();
        }
    }

    /**
     * Receives messages of some types alone from now on; the kernel drops the others before they wake anybody. It looks at
     * the first message of a datagram, which in a notification is the only one.
     *
     * @param types up to 200 of {@code nlmsg_type} of {@code linux/netlink.h}
     */
    public void receiveOnly(int... types) throws LinuxException {
        filter("of types " + Arrays.toString(types), MessageFilter.ofTypes(types));
    }

    /**
     * Receives from now on only messages about what others did than the socket with that port, as far as the kernel says who
     * did something; it drops the others before they wake anybody.
     */
    public void receiveFromOthers(int portId) throws LinuxException {
        filter("of others than " + portId, MessageFilter.notFrom(portId));
    }

    /**
     * Receives from now on what {@link #receiveFromOthers} lets through, and of links only those that are down or no port of a
     * bridge: neither ports that work, nor links that go, nor pairs that are born up. Of settings it receives only forwarding
     * that is off, that of IPv6 where it is off for all links. For a socket of protocol {@link #ROUTE}.
     */
    public void receiveFromOthersButWorkingPorts(int portId) throws LinuxException {
        filter("of others than " + portId + " and links that work", MessageFilter.withoutWorkingPorts(portId));
    }

    private void filter(String what, long[] program) throws LinuxException {
        int fd = socket.acquire();
        try {
            LinuxException.check(SocketCalls.attachFilter(fd, program), "filter netlink messages", what);
        } finally {
            socket.release();
        }
    }

    /** Lets one send be up to {@code bytes} long, beyond the system's limit. Needs CAP_NET_ADMIN. */
    public void sendBufferBytes(int bytes) throws LinuxException {
        setBuffer(SO_SNDBUFFORCE, bytes, "set send buffer of netlink socket to");
    }

    /** Lets {@code bytes} of unread messages wait, beyond the system's limit. Needs CAP_NET_ADMIN. */
    public void receiveBufferBytes(int bytes) throws LinuxException {
        setBuffer(SO_RCVBUFFORCE, bytes, "set receive buffer of netlink socket to");
    }

    private void setBuffer(int option, int bytes, String operation) throws LinuxException {
        int fd = socket.acquire();
        try {
            LinuxException.check(SocketCalls.setOption(fd, SOL_SOCKET, option, bytes), operation, bytes);
        } finally {
            socket.release();
        }
    }

    /**
     * Sends the first {@code length} bytes of {@code data} to the kernel in one datagram. It returns
     * when the kernel has carried the messages out.
     *
     * @throws LinuxException with {@code EMSGSIZE} when it is longer than the send buffer
     */
    public void send(byte[] data, int length) throws LinuxException {
        requirePlatformThread();
        int fd = socket.acquire();
        try {
            int result = SocketCalls.send(fd, data, length, 0);
            while (result == -Errno.EINTR.number()) {
                result = SocketCalls.send(fd, data, length, 0);
            }
            LinuxException.check(result, "send to netlink", length + " bytes");
        } finally {
            socket.release();
        }
    }

    /**
     * Receives one datagram from the kernel.
     *
     * @param timeout how long to wait; zero looks and does not wait
     * @return the datagram, or empty when the time is over
     * @throws LinuxException with {@code ENOBUFS} when messages were lost because the receive buffer was full
     * @throws AsynchronousCloseException when the socket is closed meanwhile
     * @throws IllegalStateException when it was closed before
     */
    public Optional<byte[]> receive(Duration timeout) throws LinuxException, AsynchronousCloseException {
        requirePlatformThread();
        int fd = socket.acquire();
        try {
            int wakeFd = wake.acquire();
            try {
                return receive(fd, wakeFd, timeout);
            } finally {
                wake.release();
            }
        } finally {
            socket.release();
        }
    }

    private Optional<byte[]> receive(int fd, int wakeFd, Duration timeout)
            throws LinuxException, AsynchronousCloseException {
        long deadline = 0;
        while (true) {
            // The answer to a request is there when its send returns: so look first, then wait.
            Datagram datagram = SocketCalls.receiveNetlink(fd, MSG_DONTWAIT | MSG_TRUNC);
            if (datagram.result() >= 0) {
                if (datagram.senderPortId() == 0) {
                    return Optional.of(whole(datagram));
                }
                continue;
            }
            if (datagram.result() != -Errno.EAGAIN.number() && datagram.result() != -Errno.EINTR.number()) {
                LinuxException.check(datagram.result(), "receive from", "netlink");
            }
            if (timeout.isZero()) {
                return Optional.empty();
            }
            deadline = deadline == 0 ? System.nanoTime() + timeout.toNanos() : deadline;
            if (!await(fd, wakeFd, deadline)) {
                return Optional.empty();
            }
        }
    }

    /** Whether there is something to receive before {@code deadline}. */
    private static boolean await(int fd, int wakeFd, long deadline) throws LinuxException, AsynchronousCloseException {
        while (true) {
            long leftMillis = Math.ceilDiv(deadline - System.nanoTime(), 1_000_000L);
            if (leftMillis <= 0) {
                return false;
            }
            int events = SocketCalls.poll(fd, wakeFd, (int) Math.min(leftMillis, Integer.MAX_VALUE));
            if (events == -Errno.EINTR.number()) {
                continue;
            }
            LinuxException.check(events, "wait for", "netlink");
            if ((events & SocketCalls.WOKEN) != 0) {
                throw new AsynchronousCloseException();
            }
            if (events != 0) {
                return true;
            }
        }
    }

    private static byte[] whole(Datagram datagram) throws LinuxException {
        if (datagram.result() > datagram.bytes().length) {
            throw new LinuxException(
                    "receive from",
                    "netlink",
                    Errno.EMSGSIZE,
                    "a datagram of " + datagram.result() + " bytes is longer than " + datagram.bytes().length);
        }
        return datagram.bytes();
    }

    private static void requirePlatformThread() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("netlink calls block: use a platform thread, not a virtual one");
        }
    }

    /** Closes the socket and wakes a blocked receiver; harmless when closed already. */
    @Override
    public void close() {
        synchronized (wake) {
            if (!wake.isClosed()) {
                FileCalls.signalEventfd(wake.number());
                wake.close();
            }
        }
        socket.close();
    }
}

package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.EpollCalls;
import dev.bailey.linux.internal.ffi.FileCalls;

/**
 * Waits for many sockets at once: {@code epoll(7)}, level-triggered.
 *
 * <p>One thread, a platform one, waits and reads what is reported; any thread may add, change, remove and wake.
 */
public final class Epoll implements AutoCloseable {
    private static final int EPOLLIN = 1;
    private static final int EPOLLOUT = 4;
    private static final int EFD_CLOEXEC_NONBLOCK = 02000000 | 04000;
    private static final long WAKE_TOKEN = -1;
    private static final int COUNTER_BYTES = 8;

    private final FileDescriptor epoll;
    private final FileDescriptor wake;
    private final EpollCalls reports;

    private Epoll(FileDescriptor epoll, FileDescriptor wake, EpollCalls reports) {
        this.epoll = epoll;
        this.wake = wake;
        this.reports = reports;
    }

    /**
     * Makes one that watches nothing yet.
     *
     * @param reports how many sockets one wait reports at most; the others are reported by the next
     */
    public static Epoll open(int reports) throws LinuxException {
        FileDescriptor epoll =
                FileDescriptor.adopt(LinuxException.check(EpollCalls.create(), "open", "epoll"), "epoll");
        try {
            int wake = LinuxException.check(FileCalls.eventfd(EFD_CLOEXEC_NONBLOCK), "open", "eventfd");
            Epoll opened = new Epoll(epoll, FileDescriptor.adopt(wake, "eventfd"), new EpollCalls(reports));
            opened.control(EpollCalls.ADD, opened.wake, EPOLLIN, WAKE_TOKEN);
            return opened;
        } catch (LinuxException failure) {
            epoll.close();
            throw failure;
        }
    }

    /**
     * Watches a socket until it is closed or removed: that there is something to read, or that its end or an error can be
     * read.
     *
     * @param token what reports carry, 0 or more
     */
    public void add(FileDescriptor socket, long token) throws LinuxException {
        control(EpollCalls.ADD, socket, EPOLLIN, token);
    }

    /** Watches a socket for room to write in, which a connection gets when it is made. */
    public void addForWriting(FileDescriptor socket, long token) throws LinuxException {
        control(EpollCalls.ADD, socket, EPOLLOUT, token);
    }

    /** Changes what a socket is watched for. */
    public void change(FileDescriptor socket, long token, boolean reading, boolean writing) throws LinuxException {
        control(EpollCalls.MODIFY, socket, (reading ? EPOLLIN : 0) | (writing ? EPOLLOUT : 0), token);
    }

    /** Watches a socket no more. */
    public void remove(FileDescriptor socket) throws LinuxException {
        control(EpollCalls.REMOVE, socket, 0, 0);
    }

    private void control(int operation, FileDescriptor socket, int events, long token) throws LinuxException {
        int fd = epoll.acquire();
        try {
            LinuxException.check(
                    EpollCalls.control(fd, operation, socket.number(), events, token), "watch", socket.toString());
        } finally {
            epoll.release();
        }
    }

    /**
     * Waits until something is reported or somebody wakes it; the waker itself is among the reports.
     *
     * @param timeoutMillis at most this long; -1 for no limit
     * @return how many reports there are; 0 when the time is over or a signal came
     */
    public int await(int timeoutMillis) throws LinuxException {
        int fd = epoll.acquire();
        try {
            int count = reports.await(fd, timeoutMillis);
            return count == -Errno.EINTR.number() ? 0 : LinuxException.check(count, "wait for", "epoll");
        } finally {
            epoll.release();
        }
    }

    /** The token of a report of the last wait, or -1 for {@link #wake}, which it takes away. */
    public long token(int index) throws LinuxException {
        long token = reports.token(index);
        if (token == WAKE_TOKEN) {
            int fd = wake.acquire();
            try {
                FileCalls.read(fd, new byte[COUNTER_BYTES]);
            } finally {
                wake.release();
            }
        }
        return token;
    }

    /** Whether a report of the last wait says that writing goes on, or that the socket has failed. */
    public boolean writable(int index) {
        return (reports.events(index) & ~EPOLLIN) != 0;
    }

    /** Whether a report of the last wait says that there is something to read, be it an end or an error. */
    public boolean readable(int index) {
        return (reports.events(index) & ~EPOLLOUT) != 0;
    }

    /** Whether a report of the last wait says that the socket has failed, or that both sides have ended a connection. */
    public boolean broken(int index) {
        return (reports.events(index) & ~(EPOLLIN | EPOLLOUT)) != 0;
    }

    /** Ends a wait, the present or the next one; any thread. */
    public void wake() {
        int fd = wake.acquire();
        try {
            FileCalls.signalEventfd(fd);
        } finally {
            wake.release();
        }
    }

    /** Closes it; what it watched stays open. */
    @Override
    public void close() {
        epoll.close();
        wake.close();
    }
}

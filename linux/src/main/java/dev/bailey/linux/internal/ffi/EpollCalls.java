package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Calls on an epoll instance, and room for what it reports; each returns its result or the negated errno.
 *
 * <pre>
 * struct epoll_event (sys/epoll.h): 0 u32 events, then u64 data: at 4 on x86-64, where it is packed, else at 8
 * </pre>
 */
public final class EpollCalls {
    /** {@code EPOLL_CTL_ADD}. */
    public static final int ADD = 1;
    /** {@code EPOLL_CTL_DEL}. */
    public static final int REMOVE = 2;
    /** {@code EPOLL_CTL_MOD}. */
    public static final int MODIFY = 3;

    private static final NativeFunction CREATE = NativeFunction.of("epoll_create1", 1);
    private static final NativeFunction CONTROL = NativeFunction.of("epoll_ctl", 4);
    private static final NativeFunction WAIT = NativeFunction.of("epoll_wait", 4);

    private static final int EPOLL_CLOEXEC = 02000000;
    private static final boolean PACKED = "amd64".equals(System.getProperty("os.arch"));
    private static final int DATA_OFFSET = PACKED ? 4 : 8;
    private static final int EVENT_BYTES = DATA_OFFSET + Long.BYTES;

    private final int capacity;
    private final MemorySegment events;

    /** Room for this many reports of one wait; for one thread. */
    public EpollCalls(int capacity) {
        this.capacity = capacity;
        this.events = Arena.ofAuto().allocate((long) capacity * EVENT_BYTES, Long.BYTES);
    }

    /** {@code epoll_create1(2)}. */
    public static int create() {
        return CREATE.call(EPOLL_CLOEXEC);
    }

    /** {@code epoll_ctl(2)}. */
    public static int control(int epoll, int operation, int fd, int events, long token) {
        MemorySegment event = Scratch.struct();
        event.set(JAVA_INT, 0, events);
        event.set(JAVA_LONG_UNALIGNED, DATA_OFFSET, token);
        return CONTROL.call(epoll, operation, fd, event.address());
    }

    /** {@code epoll_wait(2)}: how many reports there are. */
    public int await(int epoll, int timeoutMillis) {
        return WAIT.call(epoll, events.address(), capacity, timeoutMillis);
    }

    /** What is reported. */
    public int events(int index) {
        return events.get(JAVA_INT, (long) index * EVENT_BYTES);
    }

    /** Of whom it is reported. */
    public long token(int index) {
        return events.get(JAVA_LONG_UNALIGNED, (long) index * EVENT_BYTES + DATA_OFFSET);
    }
}

package dev.bailey.linux.internal.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A thread's own native memory, reused by one call after another: where errno is captured, room for
 * small structs, and a buffer for datagrams that is made when first wanted.
 *
 * <p>A socket that lives for one attach thus needs no buffer of its own, and no shared arena whose
 * closing would stop every thread. The memory goes when the thread has ended.
 */
final class Scratch {

    /** The largest datagram received: netlink answers a dump in pieces of at most 32 KiB. */
    static final int BUFFER_BYTES = 64 * 1024;

    private static final int STRUCT_BYTES = 128;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final MemorySegment errno = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    private @Nullable MemorySegment struct;
    private @Nullable MemorySegment buffer;

    private Scratch() {}

    static MemorySegment errno() {
        return OF_THREAD.get().errno;
    }

    /** Memory for the structs of one call; what an earlier call left there is overwritten. */
    static MemorySegment struct() {
        Scratch scratch = OF_THREAD.get();
        MemorySegment segment = scratch.struct;
        if (segment == null) {
            segment = Arena.ofAuto().allocate(STRUCT_BYTES, 8);
            scratch.struct = segment;
        }
        return segment;
    }

    /** Memory of {@link #BUFFER_BYTES} for one datagram. */
    static MemorySegment buffer() {
        Scratch scratch = OF_THREAD.get();
        MemorySegment segment = scratch.buffer;
        if (segment == null) {
            segment = Arena.ofAuto().allocate(BUFFER_BYTES, 8);
            scratch.buffer = segment;
        }
        return segment;
    }
}

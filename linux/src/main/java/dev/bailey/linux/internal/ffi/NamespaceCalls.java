package dev.bailey.linux.internal.ffi;

/** Calls that move the calling OS thread between namespaces: each returns 0 or the negated errno. */
public final class NamespaceCalls {

    private static final NativeFunction SETNS = NativeFunction.of("setns", 2);
    private static final NativeFunction UNSHARE = NativeFunction.of("unshare", 1);

    private NamespaceCalls() {}

    /** {@code setns(2)}. */
    public static int setns(int fd, int type) {
        return SETNS.call(fd, type);
    }

    /** {@code unshare(2)}. */
    public static int unshare(int flags) {
        return UNSHARE.call(flags);
    }
}

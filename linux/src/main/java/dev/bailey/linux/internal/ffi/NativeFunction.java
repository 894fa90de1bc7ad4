package dev.bailey.linux.internal.ffi;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/**
 * A function of the C library, called with machine words, that answers as a system call does: its
 * result, or the negated errno.
 *
 * <p>Every argument travels as a 64-bit word, pointers too, so that all functions of one arity share
 * one specialised downcall: making a new shape costs 5 ms at first use, a further function of a known
 * shape 0.1 ms. On x86-64 and aarch64 a C {@code int} is the low half of that word, and arguments of
 * a variadic function travel like any others. Who passes an address keeps its segment alive.
 */
record NativeFunction(String name, MethodHandle handle) {

    private static final Linker.Option CAPTURE_ERRNO = Linker.Option.captureCallState("errno");

    /** Looks {@code name} up; an absent function or forbidden native access is an error that says so. */
    static NativeFunction of(String name, int arity) {
        MemoryLayout[] words = new MemoryLayout[arity];
        Arrays.fill(words, JAVA_LONG);
        Linker linker = Linker.nativeLinker();
        MemorySegment address = linker.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsatisfiedLinkError("the C library has no function " + name));
        try {
            return new NativeFunction(
                    name, linker.downcallHandle(address, FunctionDescriptor.of(JAVA_LONG, words), CAPTURE_ERRNO));
        } catch (IllegalCallerException forbidden) {
            throw nativeAccessDenied(forbidden);
        }
    }

    /** As {@link #of}, for a function that not every C library has. */
    static Optional<NativeFunction> ifPresent(String name, int arity) {
        return Linker.nativeLinker().defaultLookup().find(name).isPresent()
                ? Optional.of(of(name, arity))
                : Optional.empty();
    }

    // An Error, because a static initialiser would hide any other exception inside another one.
    private static UnsatisfiedLinkError nativeAccessDenied(IllegalCallerException cause) {
        Module module = NativeFunction.class.getModule();
        String wanted = module.isNamed() ? module.getName() : "ALL-UNNAMED";
        UnsatisfiedLinkError error = new UnsatisfiedLinkError(
                "native access is denied to dev.bailey.linux; start java with --enable-native-access=" + wanted);
        error.initCause(cause);
        return error;
    }

    int call(long a) {
        MemorySegment errno = Scratch.errno();
        try {
            return result((long) handle.invokeExact(errno, a));
        } catch (Throwable unexpected) {
            throw failed(unexpected);
        }
    }

    int call(long a, long b) {
        MemorySegment errno = Scratch.errno();
        try {
            return result((long) handle.invokeExact(errno, a, b));
        } catch (Throwable unexpected) {
            throw failed(unexpected);
        }
    }

    int call(long a, long b, long c) {
        MemorySegment errno = Scratch.errno();
        try {
            return result((long) handle.invokeExact(errno, a, b, c));
        } catch (Throwable unexpected) {
            throw failed(unexpected);
        }
    }

    int call(long a, long b, long c, long d) {
        MemorySegment errno = Scratch.errno();
        try {
            return result((long) handle.invokeExact(errno, a, b, c, d));
        } catch (Throwable unexpected) {
            throw failed(unexpected);
        }
    }

    int call(long a, long b, long c, long d, long e) {
        MemorySegment errno = Scratch.errno();
        try {
            return result((long) handle.invokeExact(errno, a, b, c, d, e));
        } catch (Throwable unexpected) {
            throw failed(unexpected);
        }
    }

    int call(long a, long b, long c, long d, long e, long f) {
        MemorySegment errno = Scratch.errno();
        try {
            return result((long) handle.invokeExact(errno, a, b, c, d, e, f));
        } catch (Throwable unexpected) {
            throw failed(unexpected);
        }
    }

    // Only the low half is defined for a function that returns int, and no length here reaches 2 GiB.
    private static int result(long word) {
        int result = (int) word;
        return result == -1 ? -Scratch.errno().get(java.lang.foreign.ValueLayout.JAVA_INT, 0) : result;
    }

    private IllegalStateException failed(Throwable unexpected) {
        return new IllegalStateException("calling " + name + " failed before it reached the kernel", unexpected);
    }
}

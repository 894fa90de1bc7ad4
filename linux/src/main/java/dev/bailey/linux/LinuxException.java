package dev.bailey.linux;

import java.io.IOException;

/** A call that the kernel refused: what was tried, on what, and why not. */
public class LinuxException extends IOException {

    private static final long serialVersionUID = 1;

    private final String operation;
    private final String object;
    private final Errno errno;

    /**
     * A refusal.
     *
     * @param operation what was tried, such as {@code open}
     * @param object on what, such as a path
     * @param errno the kernel's reason
     */
    public LinuxException(String operation, String object, Errno errno) {
        this(operation, object, errno, "");
    }

    /**
     * A refusal with what would be right.
     *
     * @param hint a clause that is put behind the reason, empty for none
     */
    public LinuxException(String operation, String object, Errno errno, String hint) {
        super(operation + " " + object + ": " + errno + (hint.isEmpty() ? "" : "; " + hint));
        this.operation = operation;
        this.object = object;
        this.errno = errno;
    }

    /** What was tried, such as {@code open}. */
    public String operation() {
        return operation;
    }

    /** On what, such as a path. */
    public String object() {
        return object;
    }

    /** The kernel's reason. */
    public Errno errno() {
        return errno;
    }

    /** Returns {@code result} unless it is a negated errno. */
    static int check(int result, String operation, Object object) throws LinuxException {
        return (int) check((long) result, operation, object);
    }

    /** Returns {@code result} unless it is a negated errno. */
    static long check(long result, String operation, Object object) throws LinuxException {
        if (result < 0) {
            throw new LinuxException(operation, object.toString(), new Errno((int) -result));
        }
        return result;
    }
}

package dev.bailey.linux;

/**
 * Work to be done on another thread, inside a namespace.
 *
 * @param <T> what it returns
 * @param <E> what it may throw, handed to the caller as it is
 */
@FunctionalInterface
public interface Task<T extends @org.jspecify.annotations.Nullable Object, E extends Exception> {

    /** Does the work. */
    T run() throws E;
}

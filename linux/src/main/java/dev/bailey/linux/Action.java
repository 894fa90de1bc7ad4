package dev.bailey.linux;

/**
 * Work to be done on another thread, inside a namespace, that returns nothing.
 *
 * @param <E> what it may throw, handed to the caller as it is
 */
@FunctionalInterface
public interface Action<E extends Exception> {

    /** Does the work. */
    void run() throws E;
}

package dev.bailey.engine.model;

/**
 * The number by which the kernel knows an interface within one network namespace; never reused while the interface
 * exists, but another interface may have it afterwards.
 *
 * @param value 1 to 2147483647
 */
public record InterfaceIndex(int value) {
    /** Checks the range. */
    public InterfaceIndex {
        if (value < 1) {
            throw new IllegalArgumentException(value + " is not an interface index: they start at 1");
        }
    }

    /** The number itself. */
    @Override
    public String toString() {
        return Integer.toString(value);
    }
}

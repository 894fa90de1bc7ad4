package dev.bailey.linux;

import dev.bailey.linux.internal.ffi.NodeCalls;
import java.nio.file.Path;

/** Extended attributes of files, see {@code xattr(7)}; links are not followed. */
public final class ExtendedAttributes {

    private ExtendedAttributes() {}

    /**
     * Sets an attribute, whether or not it is there.
     *
     * @param name with its namespace, such as {@code security.capability}
     */
    public static void set(Path file, String name, byte[] value) throws LinuxException {
        LinuxException.check(NodeCalls.setAttribute(file.toString(), name, value), "set " + name + " of", file);
    }
}

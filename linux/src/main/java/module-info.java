/**
 * Linux from Java: descriptors with one owner, errors with their names, network namespaces, netlink
 * sockets, mounts and sysctls, all through the C library and the foreign function interface.
 *
 * <p>Only {@code dev.bailey.linux.internal.ffi} calls native code, and it is not exported.
 */
module dev.bailey.linux {
    requires static org.jspecify;

    exports dev.bailey.linux;
}

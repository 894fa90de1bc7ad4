/** Descriptors, errors, network namespaces, netlink sockets, mounts and sysctls of Linux. */
@NullMarked
package dev.bailey.linux;

import org.jspecify.annotations.NullMarked;

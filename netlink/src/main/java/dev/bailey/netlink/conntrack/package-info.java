/** The kernel's table of tracked connections: what is in it, and taking things out of it. */
@NullMarked
package dev.bailey.netlink.conntrack;

import org.jspecify.annotations.NullMarked;

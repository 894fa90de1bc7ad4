/** Netlink, the kernel's protocol for its network: messages, attributes, conversations and notifications. */
@NullMarked
package dev.bailey.netlink;

import org.jspecify.annotations.NullMarked;

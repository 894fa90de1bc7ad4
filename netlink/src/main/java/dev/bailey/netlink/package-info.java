/** TODO. */
@NullMarked
package dev.bailey.netlink;

import org.jspecify.annotations.NullMarked;

/** Small programs on the netlink library. */
@NullMarked
package dev.bailey.examples;

import org.jspecify.annotations.NullMarked;

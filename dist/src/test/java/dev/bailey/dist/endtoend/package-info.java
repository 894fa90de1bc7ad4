/** The whole product in a lab: a daemon process, driven through its socket. */
@NullMarked
package dev.bailey.dist.endtoend;

import org.jspecify.annotations.NullMarked;

/** The engine's façade and its errors: what runtimes, daemons and other faces call. */
@NullMarked
package dev.bailey.engine;

import org.jspecify.annotations.NullMarked;

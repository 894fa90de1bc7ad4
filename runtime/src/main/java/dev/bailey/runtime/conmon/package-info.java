/** conmon: the small process that holds a container's streams and exit code when the daemon is gone. */
@NullMarked
package dev.bailey.runtime.conmon;

import org.jspecify.annotations.NullMarked;

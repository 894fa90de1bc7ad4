/** What the faces of the daemon share: how errors of the engine and the runtime look to a client. */
@NullMarked
package dev.bailey.daemon;

import org.jspecify.annotations.NullMarked;

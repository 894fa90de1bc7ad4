/** The host links that carry traffic out, and what follows from them. */
@NullMarked
package dev.bailey.engine.uplink;

import org.jspecify.annotations.NullMarked;

/** How names resolve inside sandboxes. */
@NullMarked
package dev.bailey.engine.dns;

import org.jspecify.annotations.NullMarked;

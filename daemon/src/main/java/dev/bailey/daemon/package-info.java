/** TODO. */
@NullMarked
package dev.bailey.daemon;

import org.jspecify.annotations.NullMarked;

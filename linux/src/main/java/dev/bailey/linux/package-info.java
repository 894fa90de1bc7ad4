/** TODO. */
@NullMarked
package dev.bailey.linux;

import org.jspecify.annotations.NullMarked;

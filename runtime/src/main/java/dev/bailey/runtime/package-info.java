/** TODO. */
@NullMarked
package dev.bailey.runtime;

import org.jspecify.annotations.NullMarked;

/** TODO. */
@NullMarked
package dev.bailey.bench;

import org.jspecify.annotations.NullMarked;

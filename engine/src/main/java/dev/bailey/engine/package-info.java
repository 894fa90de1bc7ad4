/** TODO. */
@NullMarked
package dev.bailey.engine;

import org.jspecify.annotations.NullMarked;

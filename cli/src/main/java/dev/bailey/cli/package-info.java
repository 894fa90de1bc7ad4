/** TODO. */
@NullMarked
package dev.bailey.cli;

import org.jspecify.annotations.NullMarked;

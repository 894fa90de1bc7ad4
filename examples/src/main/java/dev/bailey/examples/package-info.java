/** TODO. */
@NullMarked
package dev.bailey.examples;

import org.jspecify.annotations.NullMarked;

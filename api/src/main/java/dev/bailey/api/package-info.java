/** TODO. */
@NullMarked
package dev.bailey.api;

import org.jspecify.annotations.NullMarked;

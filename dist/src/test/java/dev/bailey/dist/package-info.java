/** Tests that look at the whole repository: its launcher and its tidiness. */
@NullMarked
package dev.bailey.dist;

import org.jspecify.annotations.NullMarked;

/** TODO. */
@NullMarked
package dev.bailey.lab;

import org.jspecify.annotations.NullMarked;

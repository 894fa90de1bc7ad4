/** The demonstration: what an operator does and sees, in a lab made for it, with the real commands and their output. */
@NullMarked
package dev.bailey.demo;

import org.jspecify.annotations.NullMarked;

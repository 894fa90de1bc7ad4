/** The calls into the C library: the only package that uses {@code java.lang.foreign}. */
@NullMarked
package dev.bailey.linux.internal.ffi;

import org.jspecify.annotations.NullMarked;

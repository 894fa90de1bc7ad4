/** Tests of the wire shapes. */
@NullMarked
package dev.bailey.api;

import org.jspecify.annotations.NullMarked;

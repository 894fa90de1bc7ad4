/** Tests of the options. */
@NullMarked
package dev.bailey.bench;

import org.jspecify.annotations.NullMarked;

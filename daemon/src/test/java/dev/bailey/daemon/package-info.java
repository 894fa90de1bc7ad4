/** Tests of what the faces share. */
@NullMarked
package dev.bailey.daemon;

import org.jspecify.annotations.NullMarked;

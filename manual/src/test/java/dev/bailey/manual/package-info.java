/** Tests of the man pages and the completion. */
@NullMarked
package dev.bailey.manual;

import org.jspecify.annotations.NullMarked;

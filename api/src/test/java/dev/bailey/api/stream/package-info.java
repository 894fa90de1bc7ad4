/** Tests of the framing. */
@NullMarked
package dev.bailey.api.stream;

import org.jspecify.annotations.NullMarked;

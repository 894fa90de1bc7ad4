/** Durable state: what is known of each container, in files that a crash leaves whole. */
@NullMarked
package dev.bailey.runtime.state;

import org.jspecify.annotations.NullMarked;

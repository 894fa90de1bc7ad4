/** The containers of one data root: created, started, watched, attached to, stopped and removed. */
@NullMarked
package dev.bailey.runtime;

import org.jspecify.annotations.NullMarked;

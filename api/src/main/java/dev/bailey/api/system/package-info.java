/** The daemon about itself, and its events, as the Docker Engine API writes them. */
@NullMarked
package dev.bailey.api.system;

import org.jspecify.annotations.NullMarked;

/** Containers as the Docker Engine API writes them. */
@NullMarked
package dev.bailey.api.container;

import org.jspecify.annotations.NullMarked;

/** Images as the Docker Engine API writes them. */
@NullMarked
package dev.bailey.api.image;

import org.jspecify.annotations.NullMarked;

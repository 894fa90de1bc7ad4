/** Commands run inside a running container, as the Docker Engine API writes them. */
@NullMarked
package dev.bailey.api.exec;

import org.jspecify.annotations.NullMarked;

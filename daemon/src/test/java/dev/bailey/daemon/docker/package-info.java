/** Tests of the Docker Engine API. */
@NullMarked
package dev.bailey.daemon.docker;

import org.jspecify.annotations.NullMarked;

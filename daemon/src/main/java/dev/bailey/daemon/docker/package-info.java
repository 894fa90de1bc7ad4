/** The Docker Engine API: requests become calls of the engine and the runtime, their answers Docker's JSON. */
@NullMarked
package dev.bailey.daemon.docker;

import org.jspecify.annotations.NullMarked;

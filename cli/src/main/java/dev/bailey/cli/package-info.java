/** The entry of the client: from arguments to an exit code. */
@NullMarked
package dev.bailey.cli;

import org.jspecify.annotations.NullMarked;

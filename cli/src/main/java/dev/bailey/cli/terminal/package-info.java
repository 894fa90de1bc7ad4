/** Terminals, signals and the streams between a person and a process in a container. */
@NullMarked
package dev.bailey.cli.terminal;

import org.jspecify.annotations.NullMarked;

/** Tables for people and JSON lines for programs. */
@NullMarked
package dev.bailey.cli.output;

import org.jspecify.annotations.NullMarked;

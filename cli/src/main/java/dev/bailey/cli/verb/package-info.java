/** The verbs, one class each. */
@NullMarked
package dev.bailey.cli.verb;

import org.jspecify.annotations.NullMarked;

/** Options and operands of a verb, read as Docker's client reads them. */
@NullMarked
package dev.bailey.cli.options;

import org.jspecify.annotations.NullMarked;

/** Man pages and completion of the shell, made at build time from the tables of options. */
@NullMarked
package dev.bailey.manual;

import org.jspecify.annotations.NullMarked;

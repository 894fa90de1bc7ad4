/** Smoke tests of those who are measured. */
@NullMarked
package dev.bailey.bench.contender;

import org.jspecify.annotations.NullMarked;

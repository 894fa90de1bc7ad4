/** Samples, their summaries, and what was measured of whom. */
@NullMarked
package dev.bailey.bench.measure;

import org.jspecify.annotations.NullMarked;

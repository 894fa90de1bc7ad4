/** The course of a run: filling, rounds, windows, starts. */
@NullMarked
package dev.bailey.bench.run;

import org.jspecify.annotations.NullMarked;

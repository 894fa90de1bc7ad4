/** Tests of the course of a run. */
@NullMarked
package dev.bailey.bench.run;

import org.jspecify.annotations.NullMarked;

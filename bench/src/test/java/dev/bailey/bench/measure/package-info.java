/** Tests of samples and summaries. */
@NullMarked
package dev.bailey.bench.measure;

import org.jspecify.annotations.NullMarked;

/** Tests of the tables. */
@NullMarked
package dev.bailey.bench.report;

import org.jspecify.annotations.NullMarked;

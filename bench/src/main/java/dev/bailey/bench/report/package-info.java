/** The figures as Markdown tables and as JSON lines. */
@NullMarked
package dev.bailey.bench.report;

import org.jspecify.annotations.NullMarked;

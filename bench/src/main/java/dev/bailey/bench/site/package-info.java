/** The place where the benchmarks run: namespaces, processes and folders that go when they end. */
@NullMarked
package dev.bailey.bench.site;

import org.jspecify.annotations.NullMarked;

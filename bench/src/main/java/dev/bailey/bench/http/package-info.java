/** A blocking HTTP client that adds no time of its own to what it measures. */
@NullMarked
package dev.bailey.bench.http;

import org.jspecify.annotations.NullMarked;

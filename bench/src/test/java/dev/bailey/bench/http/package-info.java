/** Tests of the HTTP client. */
@NullMarked
package dev.bailey.bench.http;

import org.jspecify.annotations.NullMarked;

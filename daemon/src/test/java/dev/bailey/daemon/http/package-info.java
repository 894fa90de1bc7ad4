/** Tests of the HTTP server. */
@NullMarked
package dev.bailey.daemon.http;

import org.jspecify.annotations.NullMarked;

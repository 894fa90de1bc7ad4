/** HTTP/1.1 over a Unix socket: routing, bodies, streamed answers and connections that become raw streams. */
@NullMarked
package dev.bailey.daemon.http;

import org.jspecify.annotations.NullMarked;

/** HTTP/1.1 over a Unix socket: what the client needs of it, with upgrades and streams. */
@NullMarked
package dev.bailey.cli.http;

import org.jspecify.annotations.NullMarked;

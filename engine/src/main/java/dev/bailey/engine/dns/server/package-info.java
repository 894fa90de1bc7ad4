/** The resolvers at 127.0.0.11 inside sandboxes: their sockets, their clients and the servers that they ask. */
@NullMarked
package dev.bailey.engine.dns.server;

import org.jspecify.annotations.NullMarked;

/** The values the engine speaks in: ids, addresses, networks, endpoints, sandboxes and snapshots of them all. */
@NullMarked
package dev.bailey.engine.model;

import org.jspecify.annotations.NullMarked;

/** The choice of subnets for networks and of addresses for endpoints; pure, it asks nobody and stores nothing. */
@NullMarked
package dev.bailey.engine.ipam;

import org.jspecify.annotations.NullMarked;

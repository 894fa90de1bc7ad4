/** From what networks let through to packet rules, and from one set of rules to the next; pure, nothing is sent. */
@NullMarked
package dev.bailey.engine.firewall;

import org.jspecify.annotations.NullMarked;

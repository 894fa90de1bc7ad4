/** The rules of a policy in the notation of iptables, and what to tell {@code iptables-restore}; pure, nothing is run. */
@NullMarked
package dev.bailey.engine.firewall.iptables;

import org.jspecify.annotations.NullMarked;

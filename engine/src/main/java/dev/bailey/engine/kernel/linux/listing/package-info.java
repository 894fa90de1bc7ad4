/** Rules of the kernel, of nf_tables and of ip_tables, in the notation of iptables; pure. */
@NullMarked
package dev.bailey.engine.kernel.linux.listing;

import org.jspecify.annotations.NullMarked;

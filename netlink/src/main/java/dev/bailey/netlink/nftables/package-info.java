/** The kernel's packet filter, nf_tables: tables, chains, rules, sets and maps as values, and the batches that change them. */
@NullMarked
package dev.bailey.netlink.nftables;

import org.jspecify.annotations.NullMarked;

/** Links, addresses, routes, rules and neighbours of a network namespace, over rtnetlink. */
@NullMarked
package dev.bailey.netlink.route;

import org.jspecify.annotations.NullMarked;

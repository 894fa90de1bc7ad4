/** Hosts, links, switches and an internet made of network namespaces, for tests of anything that speaks over a network. */
@NullMarked
package dev.bailey.lab;

import org.jspecify.annotations.NullMarked;

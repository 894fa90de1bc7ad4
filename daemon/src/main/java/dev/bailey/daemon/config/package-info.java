/** What an operator sets, from all the places where that can be done, each value with the place that it came from. */
@NullMarked
package dev.bailey.daemon.config;

import org.jspecify.annotations.NullMarked;

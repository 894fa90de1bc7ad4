/** What the daemon sees of the host's network, under {@code /bailey/}. */
@NullMarked
package dev.bailey.api.view;

import org.jspecify.annotations.NullMarked;

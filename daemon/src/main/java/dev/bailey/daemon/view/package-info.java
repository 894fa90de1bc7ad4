/** What the host's network looks like, ours and everybody's: the routes under {@code /bailey/} that only tell. */
@NullMarked
package dev.bailey.daemon.view;

import org.jspecify.annotations.NullMarked;

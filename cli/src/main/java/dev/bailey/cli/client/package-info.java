/** The daemon as the client sees it: calls, errors, and its start. */
@NullMarked
package dev.bailey.cli.client;

import org.jspecify.annotations.NullMarked;

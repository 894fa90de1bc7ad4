/** Tests of what is set, and where. */
@NullMarked
package dev.bailey.daemon.config;

import org.jspecify.annotations.NullMarked;

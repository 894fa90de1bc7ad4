/** How the bytes of a container's standard streams travel over a connection. */
@NullMarked
package dev.bailey.api.stream;

import org.jspecify.annotations.NullMarked;

/** Networks and endpoints as the Docker Engine API writes them. */
@NullMarked
package dev.bailey.api.network;

import org.jspecify.annotations.NullMarked;

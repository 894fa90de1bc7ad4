/** Helpers of the records; not part of the API. */
@NullMarked
package dev.bailey.api.internal;

import org.jspecify.annotations.NullMarked;

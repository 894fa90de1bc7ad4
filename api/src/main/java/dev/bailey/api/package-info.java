/** What every request and response of the daemon has in common: versions, errors and the JSON settings. */
@NullMarked
package dev.bailey.api;

import org.jspecify.annotations.NullMarked;

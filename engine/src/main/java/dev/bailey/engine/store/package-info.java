/** What must outlive the process: an append-only journal of intents and outcomes, and its recovery. */
@NullMarked
package dev.bailey.engine.store;

import org.jspecify.annotations.NullMarked;

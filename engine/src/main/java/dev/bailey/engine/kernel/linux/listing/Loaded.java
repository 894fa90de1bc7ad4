package dev.bailey.engine.kernel.linux.listing;

/** What a register holds. */
sealed interface Loaded permits Constant, Field {}

/** What a host's network looks like at one moment: what was observed, joined with the engine's names; values only, nothing is changed. */
@NullMarked
package dev.bailey.engine.view;

import org.jspecify.annotations.NullMarked;

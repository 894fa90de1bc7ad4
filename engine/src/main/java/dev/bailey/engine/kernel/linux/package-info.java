/** The Linux kernel behind the engine's port, over rtnetlink and nf_tables. */
@NullMarked
package dev.bailey.engine.kernel.linux;

import org.jspecify.annotations.NullMarked;

/** Root file systems: layers joined by overlayfs, and safe steps inside a tree that is not to be trusted. */
@NullMarked
package dev.bailey.runtime.rootfs;

import org.jspecify.annotations.NullMarked;

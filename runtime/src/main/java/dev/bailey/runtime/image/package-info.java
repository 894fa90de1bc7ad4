/** Images: archives, directories and this host's own root, made into the layers that a container's root stands on. */
@NullMarked
package dev.bailey.runtime.image;

import org.jspecify.annotations.NullMarked;

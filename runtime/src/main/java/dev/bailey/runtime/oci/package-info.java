/** The OCI runtime specification: what a container's process gets, written for runc or crun to read. */
@NullMarked
package dev.bailey.runtime.oci;

import org.jspecify.annotations.NullMarked;

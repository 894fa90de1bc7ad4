package dev.bailey.runtime.image;

/**
 * An image that a container can be made of.
 *
 * @param id {@code sha256:…} of its configuration; {@code host} or the folder for those without one
 * @param source what the root stands on
 * @param config what it says about the process
 */
public record ResolvedImage(String id, RootSource source, ImageConfig config) {}

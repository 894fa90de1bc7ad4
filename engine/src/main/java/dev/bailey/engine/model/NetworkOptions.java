package dev.bailey.engine.model;

/**
 * What a network lets through, apart from what its endpoints publish.
 *
 * @param masquerade whether packets leave the host with the host's address
 * @param icc whether its endpoints reach each other (inter-container communication)
 * @param internal whether it is cut off from everything outside it: no way out, no way in
 */
public record NetworkOptions(boolean masquerade, boolean icc, boolean internal) {
    /** What a network has when nobody asks for anything else: masquerade, endpoints that reach each other, a way out. */
    public static final NetworkOptions DEFAULT = new NetworkOptions(true, true, false);
}

package dev.bailey.engine.model;

/** Whose a network's bridge is. */
public enum BridgeOwner {
    /** The engine's: it makes the bridge, keeps it as it should be, and removes it with the network. */
    ENGINE,
    /** The operator's: the engine uses it as it is, and neither makes, changes nor removes it. */
    OPERATOR
}

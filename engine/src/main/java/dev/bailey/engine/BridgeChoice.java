package dev.bailey.engine;

import dev.bailey.engine.model.InterfaceAddress;
import dev.bailey.engine.model.InterfaceName;
import java.util.Objects;
import java.util.Optional;

/** Which bridge the default network is on. */
public sealed interface BridgeChoice {
    /** The engine's own, on the first free subnet. */
    BridgeChoice DEFAULT = new EngineBridge(Optional.empty());

    /**
     * A bridge that the engine makes.
     *
     * @param address its address; empty to keep what is there, or else for the first free subnet of the pools
     */
    record EngineBridge(Optional<InterfaceAddress> address) implements BridgeChoice {
        /** Checks that nothing is missing. */
        public EngineBridge {
            Objects.requireNonNull(address, "address");
        }
    }

    /**
     * A bridge that the operator made, with an address. Its subnet is taken over.
     *
     * @param name its name, which is not that of the engine's own
     */
    record OperatorBridge(InterfaceName name) implements BridgeChoice {
        /** Checks that nothing is missing. */
        public OperatorBridge {
            Objects.requireNonNull(name, "name");
        }
    }

    /** None: there is no default network. */
    record NoBridge() implements BridgeChoice {}
}

package dev.bailey.engine;

import dev.bailey.engine.ipam.AddressLeases;
import dev.bailey.engine.kernel.Kernel;
import dev.bailey.engine.model.Ipv4Address;
import dev.bailey.engine.model.Ipv6Address;
import dev.bailey.engine.model.NetworkId;
import dev.bailey.engine.reconcile.Alarm;
import dev.bailey.engine.reconcile.Writer;
import dev.bailey.engine.store.StateStore;
import java.util.Optional;

/** What simulations need of an engine that nobody else does. */
public final class EngineAccess {
    private EngineAccess() {}

    /** An engine whose writer and time are given. */
    public static Engine start(EngineOptions options, Kernel kernel, StateStore store, Writer writer, Alarm alarm) {
        return Engine.start(options, kernel, store, writer, alarm);
    }

    /** The leases of IPv4 addresses on a network that has them, to be looked at while nothing is under way. */
    public static Optional<AddressLeases<Ipv4Address>> leases(Engine engine, NetworkId network) {
        return engine.core().state().leases(network).ipv4();
    }

    /** The leases of IPv6 addresses on a network that has them. */
    public static Optional<AddressLeases<Ipv6Address>> ipv6Leases(Engine engine, NetworkId network) {
        return engine.core().state().leases(network).ipv6();
    }

    /** Has the engine write down what the disk would not take before; says whether nothing is owed any more. */
    public static boolean settle(Engine engine) {
        return engine.core().records().settle();
    }
}
